"""Certificates proved by running them again, several at a time where there are many."""

from __future__ import annotations

import os
import shlex
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

from model.course.proof import Finding, need_provable, prove, reproduced
from model.errors import FileError, InputError, RoommateError
from model.foreign_text import json_text, shown
from model.language import _, ngettext
from model.storage.certificates import Certificate, load_certificate
from model.storage.scenarios import shipped
from model.storage.typed_paths import typed_path
from tui.text.course import failure_said, own_course
from tui.text.glyphs import UNICODE, Glyphs, for_output
from tui.text.language import speak, spoken
from tui.text.output import portable, takes_unicode


@dataclass(frozen=True)
class Proof:
    """What became of one certificate, all of it in words: it comes from another process.

    Attributes:
        file: As it was named.
        fault: Why it is none, as a sentence; empty: it is one.
        name: Whose it is.
        roommate: Whose rule was learned.
        seed: The seed of its run.
        updates: How many updates it claims.
        conditions: Each condition, and whether it holds.
        seconds: How long it took to run it again.
        lines: All of it in lines.
        json: All of it in a line of JSON.
    """

    file: str
    fault: str = ""
    name: str = ""
    roommate: str = ""
    seed: int = 0
    updates: int = 0
    conditions: tuple[tuple[str, bool], ...] = ()
    seconds: float = 0.0
    lines: tuple[str, ...] = ()
    json: str = ""

    @property
    def holds(self) -> bool:
        """Whether everything holds."""
        return not self.fault and all(holds for _name, holds in self.conditions)


def proofs(files: Sequence[str], workers: int, *, show: bool) -> Iterator[Proof]:
    """Prove certificates; they come in the order of the files.

    Args:
        files: Their files, ``-`` for standard input.
        workers: How many processes run them; with one, or for one certificate, this one does.
        show: Whether how far it is may be shown, where standard error is a terminal.

    Raises:
        RoommateError: A process that proves has been killed.
    """
    glyphs = output_glyphs()
    if min(workers, len(files)) < 2 or any(typed_path(file, stream=True) == Path("-") for file in files):
        yield from (proof_of(file, glyphs) for file in files)
        return
    pool = ProcessPoolExecutor(
        min(workers, len(files)), mp_context=get_context("spawn"), initializer=speak, initargs=(spoken(),)
    )
    with pool:
        found = pool.map(proof_of, files, [glyphs] * len(files))
        try:
            yield from _counted(found, len(files)) if show and sys.stderr.isatty() else found
        except BrokenProcessPool:
            raise RoommateError(
                _("A process that proved certificates has been killed: --workers 1 proves them in this one.")
            ) from None
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _counted(found: Iterator[Proof], count: int) -> Iterator[Proof]:
    """The same, and how far they are; a bar that is disabled ends with an empty line in some versions of rich."""
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=count)
        for proof in found:
            bar.advance(task)
            yield proof


def proof_of(file: str, glyphs: Glyphs) -> Proof:
    """Prove one certificate.

    Args:
        file: Its file.
        glyphs: Characters to write with.
    """
    begun = time.monotonic()
    try:
        certificate = load_certificate(typed_path(file, stream=True))
        findings = findings_of(certificate)
    except RoommateError as error:
        sentence = str(error) if isinstance(error, FileError) else f"{file}: {error}"
        return Proof(file, sentence, json=_portable(as_json(file, None, (), sentence)))
    return Proof(
        file,
        "",
        certificate.name,
        certificate.roommate.name,
        certificate.config.seed,
        certificate.updates,
        tuple((finding.name, finding.holds) for finding in findings),
        time.monotonic() - begun,
        tuple(verdict(file, certificate, findings, glyphs)),
        _portable(as_json(file, certificate, findings)),
    )


def _portable(line: str) -> str:
    return "".join(portable([line]))


def output_glyphs() -> Glyphs:
    """The characters that standard output can take."""
    if takes_unicode() and not sys.stdout.isatty():
        return UNICODE
    return for_output(os.environ, sys.stdout.encoding or "utf-8", terminal=sys.stdout.isatty())


def findings_of(certificate: Certificate) -> tuple[Finding, ...]:
    """What holds of a certificate.

    Raises:
        InputError: To run it again would take too long.
    """
    try:
        need_provable(certificate)
    except InputError as error:
        raise InputError(_("it cannot be run again: {error}").format(error=error)) from error
    simulation, _run = reproduced(certificate)
    return (*prove(certificate, own_course(), simulation), _command(certificate))


def _command(certificate: Certificate) -> Finding:
    """Whether the command that it names has the seed and the updates that it claims."""
    words = certificate.command.split()
    pairs = [("--seed", str(certificate.config.seed)), ("--update", str(certificate.updates))]
    missing = [
        f"{option} {value}"
        for option, value in pairs
        if not any(words[at : at + 2] == [option, value] for at in range(len(words)))
    ]
    because = _("it has no {missing}.").format(missing=missing[0]) if missing else ""
    return Finding("command", _("The command that makes it again"), because=because)


def _gone(certificate: Certificate) -> str:
    """The scenario that the command opens, where there is no such thing here."""
    try:
        words = shlex.split(certificate.command)
    except ValueError:
        return ""
    file = next((after for option, after in pairwise(words) if option == "--scenario"), "")
    if not file or file in shipped():
        return ""
    try:
        return "" if Path(file).exists() else file
    except (OSError, ValueError):
        return file


def because(finding: Finding, glyphs: Glyphs) -> str:
    """Why a condition does not hold."""
    if finding.because or finding.here is None:
        return finding.because
    here = finding.here
    texts = [failure_said(one, here, glyphs) for one in finding.failures]
    return " ".join(texts)


def verdict(file: str, certificate: Certificate, findings: tuple[Finding, ...], glyphs: Glyphs) -> Iterator[str]:
    """A certificate in lines."""
    head = ngettext(
        "{file}: {name}, {roommate}, seed {seed}, {updates:,} update.",
        "{file}: {name}, {roommate}, seed {seed}, {updates:,} updates.",
        certificate.updates,
    )
    head = head.format(
        file=shown(file),
        name=certificate.name,
        roommate=certificate.roommate.name,
        seed=certificate.config.seed,
        updates=certificate.updates,
    )
    yield glyphs.text(head) + "\n"
    for finding in findings:
        sentence = _("{title}: holds") if finding.holds else _("{title}: does not hold: {why}")
        line = sentence.format(title=finding.title, why=because(finding, glyphs))
        yield glyphs.text(f"  {finding.name:<10}{line}") + "\n"
    if gone := _gone(certificate):
        sentence = _("  The roommate's file of its command, {file}, is not here; its own copy of the rule was used.")
        yield glyphs.text(sentence.format(file=shown(gone))) + "\n"
    wrong = sum(not finding.holds for finding in findings)
    if wrong:
        sentence = ngettext("{wrong} of {all} does not hold.", "{wrong} of {all} do not hold.", wrong)
        yield sentence.format(wrong=wrong, all=len(findings)) + "\n"
    else:
        yield _("Everything holds.") + "\n"


def as_json(file: str, certificate: Certificate | None, findings: tuple[Finding, ...], fault: str = "") -> str:
    """``roommate-check``, version 1: a line for each certificate."""
    document: dict[str, object] = {"format": "roommate-check", "version": 1, "file": file, "fault": fault or None}
    if certificate is not None:
        document |= {
            "name": certificate.name,
            "roommate": certificate.roommate.name,
            "seed": certificate.config.seed,
            "updates": certificate.updates,
            "holds": all(finding.holds for finding in findings),
            "conditions": [
                {"name": one.name, "holds": one.holds, "because": because(one, UNICODE) or None} for one in findings
            ],
        }
    return json_text(document) + "\n"
