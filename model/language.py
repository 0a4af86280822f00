"""The language of every sentence that a person reads: gettext's functions over the translation in use.

A sentence is written whole, in English, where it is said: ``_("Day {day} is over.").format(day=3)``. What is
declared when a module is imported is marked with ``N_`` and translated when it is shown. Names of formats, of steps
in JSON, of options and of keys in files are never translated.
"""

from __future__ import annotations

from gettext import NullTranslations

_in_use = NullTranslations()


def use(translation: NullTranslations) -> None:
    """Let a translation be the one that every sentence is looked up in from now on.

    Args:
        translation: gettext's; a `NullTranslations` leaves the English of the code.
    """
    global _in_use  # noqa: PLW0603 - a process speaks one language
    _in_use = translation


def _(message: str) -> str:
    """A sentence in the language in use."""
    return _in_use.gettext(message)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name, which its tools look for
    """Mark a sentence that is translated later, when it is shown."""
    return message


def ngettext(singular: str, plural: str, number: int) -> str:
    """The form of a sentence that goes with a number."""
    return _in_use.ngettext(singular, plural, number)


def pgettext(context: str, message: str) -> str:
    """A word that means several things, in the language in use, with what tells which is meant."""
    return _in_use.pgettext(context, message)


def grouped(number: int) -> str:
    """A whole number in a sentence, its thousands grouped as the language in use does."""
    return _("{number:,}").format(number=number)
