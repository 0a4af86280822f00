"""``roommate-tui check``: certificates, proved by running them again."""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from model.course.proof import Finding, need_provable, prove, reproduced
from model.errors import FileError, InputError, RoommateError
from model.foreign_text import json_text, shown
from model.language import _, ngettext
from model.storage.certificates import Certificate, load_certificate
from model.storage.scenarios import shipped
from model.storage.typed_paths import typed_path
from tui.text.course import failure_said, own_course
from tui.text.glyphs import UNICODE, Glyphs, for_output
from tui.text.output import portable, takes_unicode, tell

NOT_PROVED = 4
"""The exit status where a condition does not hold."""


def check(options: argparse.Namespace) -> int:
    """Prove certificates one after the other.

    Returns:
        0 where all hold, 3 where a file is none, otherwise 4.
    """
    status = 0
    for file in options.files:
        try:
            certificate = load_certificate(typed_path(file, stream=True))
            findings = findings_of(certificate)
        except RoommateError as error:
            sentence = str(error) if isinstance(error, FileError) else f"{file}: {error}"
            if options.json:
                sys.stdout.writelines(portable([_as_json(file, None, (), sentence)]))
            else:
                tell(sentence)
            status = FileError.exit_status
            continue
        if options.json:
            sys.stdout.writelines(portable([_as_json(file, certificate, findings)]))
        else:
            sys.stdout.writelines(verdict(file, certificate, findings, _glyphs()))
        sys.stdout.flush()
        if not all(finding.holds for finding in findings):
            status = status or NOT_PROVED
    return status


def _glyphs() -> Glyphs:
    import os

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


def _as_json(file: str, certificate: Certificate | None, findings: tuple[Finding, ...], fault: str = "") -> str:
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
