"""The language in use: which translations exist, which one the environment asks for, and its pages.

A language is one file, ``locale/CODE/LC_MESSAGES/roommate.po``, and folders of pages, ``lessons/CODE``,
``story/CODE`` and ``manual/CODE``; whatever is in none of them stays English.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from gettext import NullTranslations
from importlib.resources import files
from importlib.resources.abc import Traversable

from model import language
from model.errors import FileError
from model.language import _

ENGLISH = "en"
"""The language of the code."""

TEXTS: Traversable = files(__package__)
"""Where translations and pages are: a folder, or a part of an archive."""

_spoken = ENGLISH


def languages() -> list[str]:
    """The languages there are, English first; by their codes, such as ``pt_BR``."""
    folder = TEXTS.joinpath("locale")
    found = [one.name for one in folder.iterdir() if _catalog(one.name).is_file()] if folder.is_dir() else []
    return [ENGLISH, *sorted(name for name in found if name != ENGLISH)]


def wanted(environment: Mapping[str, str]) -> str:
    """The language of the environment that there is a translation for: the variables that gettext asks, in its order.

    ``LANGUAGE`` lists several, the best first. It does not count where the locale is C, which is a wish for English.
    """
    locale = next((environment[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if environment.get(name)), "")
    plain = locale.partition(".")[0].partition("@")[0]
    listed = [] if plain in {"C", "POSIX"} else environment.get("LANGUAGE", "").split(":")
    known = languages()
    for name in (*listed, locale):
        for code in _chain(name):
            if code in known:
                return code
    return ENGLISH


def speak(code: str) -> None:
    """Use a language for every sentence and page from now on.

    Raises:
        FileError: Its translation cannot be read.
    """
    global _spoken  # noqa: PLW0603 - a process speaks one language
    path, found = _catalog(code), NullTranslations()
    try:
        if path.is_file():
            from tui.text.po import translation  # noqa: PLC0415 - English needs no reader, and is quick to help

            found = translation(path.read_text("utf-8"), str(path))
    except (OSError, UnicodeError) as error:
        raise FileError(_("{name} cannot be read: {error}.").format(name=path, error=error)) from None
    _spoken = code
    language.use(found)


def spoken() -> str:
    """The code of the language that is spoken now."""
    return _spoken


def versions(folder: str, name: str) -> list[str]:
    """The texts of a page: in English, and after that in the language spoken where it has this page.

    Args:
        folder: "lessons", "story" or "manual".
        name: The name of the file.
    """
    codes = dict.fromkeys((ENGLISH, *reversed([*_chain(_spoken)])))
    places = (TEXTS.joinpath(folder, code, name) for code in codes)
    return [place.read_text("utf-8") for place in places if place.is_file()]


def _catalog(code: str) -> Traversable:
    return TEXTS.joinpath("locale", code, "LC_MESSAGES", "roommate.po")


def _chain(name: str) -> Iterator[str]:
    """A locale as codes, the most exact first: ``pt_BR.UTF-8`` is pt_BR, and pt where there is no such thing."""
    code = name.partition(".")[0].partition("@")[0]
    if code:
        yield code
    if "_" in code:
        yield code.partition("_")[0]
