"""Certificates: what a person has trained, as a small JSON that anybody can run again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NoReturn

from model.errors import InputError
from model.foreign_text import json_text, showable
from model.language import _
from model.roommate.naming import cut
from model.roommate.roommate import Roommate
from model.storage.atomic import write_atomically
from model.storage.encoding import decoded
from model.storage.files import file_errors, name_of, read
from model.storage.roommates import roommate_in
from model.training.config import TrainingConfig
from model.training.setting_bounds import MAX_UPDATES
from model.training.setting_texts import as_settings, from_settings

FORMAT, VERSION = "roommate-certificate", 1

MAX_BYTES = 2**20
"""The largest certificate; those of the largest roommates take a tenth of it."""

MAX_NAME = 100
"""The longest name of a person, in letters."""

MAX_COMMAND = 4000
"""The longest command that makes the run again, in letters."""


@dataclass(frozen=True, eq=False)
class Certificate:
    """What a certificate says: who trained what, and how to make it again.

    Attributes:
        name: The person's.
        roommate: Whose rule was learned.
        start: The state before the first day, as an index.
        config: The settings of the run.
        updates: How many updates it made.
        margin: The smallest margin of all cases.
        stray: The first of 10,000 days on which it strays; None: none.
        predicted: How many updates were guessed before the first; None: nothing was.
        broken: The settings with which the rule is not learned; None: none are named.
        command: The command that makes the run again.
        program: The version of the program that wrote it.
        untouched: Whether the checksum fits what is read.
    """

    name: str
    roommate: Roommate
    start: int
    config: TrainingConfig
    updates: int
    margin: float
    stray: int | None
    predicted: float | None
    broken: TrainingConfig | None
    command: str
    program: str
    untouched: bool = True


def checked_name(name: str) -> str:
    """A person's name.

    Raises:
        InputError: It is none that can be written anywhere.
    """
    name = " ".join(name.split())
    if not name or len(name) > MAX_NAME or not showable(name):
        raise InputError(_("A name has 1 to {most} letters that can be shown.").format(most=MAX_NAME))
    return name


def certificate_json(certificate: Certificate) -> str:
    """A certificate as it is written, with a checksum of everything else in it."""
    document = {
        "format": FORMAT,
        "version": VERSION,
        "program": certificate.program,
        "name": certificate.name,
        "roommate": json.loads(json.dumps(asdict(certificate.roommate))),
        "start": certificate.roommate.states[certificate.start],
        "seed": certificate.config.seed,
        "settings": as_settings(certificate.config),
        "updates": certificate.updates,
        "margin": certificate.margin,
        "strays_on": certificate.stray,
        "predicted": certificate.predicted,
        "broken": None if certificate.broken is None else as_settings(certificate.broken),
        "command": certificate.command,
    }
    return json_text({**document, "checksum": checksum(document)}, indent=1) + "\n"


def checksum(document: Mapping[str, object]) -> str:
    """The checksum of a document without the one that it has: SHA-256 of its shortest JSON, keys in order."""
    rest = {name: value for name, value in document.items() if name != "checksum"}
    text = json.dumps(rest, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def save_certificate(path: Path, certificate: Certificate, *, overwrite: bool = False) -> None:
    """Write a certificate.

    Raises:
        FileError: It exists and must not be overwritten, or it cannot be written.
    """
    write_atomically(path, certificate_json(certificate).encode(), overwrite=overwrite)


def load_certificate(path: Path) -> Certificate:
    """Read a certificate; whether it is true is another question.

    Raises:
        FileError: It is none, or one of another version.
    """
    with file_errors(path) as blame:
        text = decoded(read(path, MAX_BYTES), name_of(path, 0), _("a certificate is JSON"))
        try:
            document = json.loads(text, parse_constant=lambda _name: blame(_("a number in it is not finite")))
        except (ValueError, RecursionError):
            blame(_("it is no JSON"))
        if not isinstance(document, dict) or document.get("format") != FORMAT:
            blame(_("it is no certificate of this program"))
        if document.get("version") != VERSION:
            sentence = _("it is a certificate of version {version}, and this program reads version {known}")
            blame(sentence.format(version=cut(repr(document.get("version"))), known=VERSION))
        return _certificate(document, blame)


def _certificate(document: Mapping[str, object], blame: Callable[[str], NoReturn]) -> Certificate:
    texts = {name: _text(document, name, blame) for name in ("name", "start", "command", "program")}
    about, settings, broken = document.get("roommate"), document.get("settings"), document.get("broken")
    if not isinstance(about, dict) or not isinstance(settings, dict) or not isinstance(broken, dict | None):
        blame(_('it needs a "roommate", "settings" and "broken", each an object'))
    roommate = roommate_in(about, blame)
    if texts["start"] not in roommate.states:
        blame(_('"start" is none of the states of its roommate'))
    config = from_settings(settings)
    if document.get("seed") != config.seed:
        blame(_('"seed" is not the seed of its "settings"'))
    updates = _whole(document, "updates", MAX_UPDATES, blame)
    stray = None if document.get("strays_on") is None else _whole(document, "strays_on", 10**9, blame)
    predicted = None if document.get("predicted") is None else _number(document, "predicted", blame)
    return Certificate(
        name=checked_name(texts["name"]),
        roommate=roommate,
        start=roommate.states.index(texts["start"]),
        config=config,
        updates=updates,
        margin=_number(document, "margin", blame),
        stray=stray,
        predicted=predicted,
        broken=None if broken is None else from_settings(broken),
        command=texts["command"],
        program=texts["program"],
        untouched=document.get("checksum") == checksum(document),
    )


def _text(document: Mapping[str, object], name: str, blame: Callable[[str], NoReturn]) -> str:
    value = document.get(name)
    if not isinstance(value, str) or len(value) > MAX_COMMAND:
        blame(_('"{name}" should be a text').format(name=name))
    return value


def _whole(document: Mapping[str, object], name: str, most: int, blame: Callable[[str], NoReturn]) -> int:
    value = document.get(name)
    if type(value) is not int or not 0 <= value <= most:
        blame(_('"{name}" should be a whole number from 0 to {most:,}').format(name=name, most=most))
    return value


def _number(document: Mapping[str, object], name: str, blame: Callable[[str], NoReturn]) -> float:
    value = document.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e12:
        blame(_('"{name}" should be a number').format(name=name))
    return float(value)
