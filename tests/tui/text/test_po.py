"""PO files are read as gettext's own tools read them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.errors import FileError
from tui.text.po import entries, translation

HEADER = r"""
# a comment of the translator
#, fuzzy
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\n"
"Plural-Forms: nplurals=3; plural=n==1 ? 0 : n<5 ? 1 : 2;\n"

"""


def test_what_a_translator_writes_is_what_is_said() -> None:
    found = translation(
        HEADER
        + r"""
#: model/x.py:3
#, python-brace-format
msgid "Day {day} "
"is \"over\".\n"
msgstr "Dzień {day} "
"się \"skończył\".\n"

msgctxt "of a week"
msgid "day"
msgstr "dzień"
msgid "{n} day"
msgid_plural "{n} days"
msgstr[0] "{n} dzień"
msgstr[1] "{n} dni"
msgstr[2] "{n} dni, wiele"

#, fuzzy
#| msgid "only a guest"
msgid "only a guess"
msgstr "tylko"

msgid "left for later"
msgstr ""

#~ msgid "gone"
#~ msgstr "nie ma"
""",
        "pl.po",
    )
    assert found.gettext('Day {day} is "over".\n') == 'Dzień {day} się "skończył".\n'
    assert found.pgettext("of a week", "day") == "dzień"
    assert found.gettext("day") == "day"
    days = [found.ngettext("{n} day", "{n} days", count) for count in (1, 2, 7)]
    assert days == ["{n} dzień", "{n} dni", "{n} dni, wiele"]
    assert [found.gettext(text) for text in ("only a guess", "left for later", "gone")] == [
        "only a guess",
        "left for later",
        "gone",
    ]


@given(
    st.dictionaries(
        st.text(min_size=1).filter(lambda text: "\0" not in text and "\x04" not in text),
        st.text(min_size=1).filter(lambda text: "\0" not in text),
    )
)
def test_whatever_is_written_is_read(texts: dict[str, str]) -> None:
    def quoted(text: str) -> str:
        escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"}
        return '"' + "".join(escapes.get(letter, letter) for letter in text) + '"'

    written = HEADER + "".join(f"msgid {quoted(one)}\nmsgstr {quoted(other)}\n\n" for one, other in texts.items())
    found = translation(written, "x.po")
    assert {one: found.gettext(one) for one in texts} == texts


@pytest.mark.parametrize("line", ["msgid unquoted", '"text of nobody"', 'msgid "not ended', 'word "x"', "<html>"])
def test_a_line_that_is_none_is_named(line: str) -> None:
    with pytest.raises(FileError, match=r"xx\.po: line 2 is not msgid, msgstr or text in quotes"):
        list(entries(f"\n{line}\n", "xx.po"))


@pytest.mark.parametrize(
    "header", ["Plural-Forms: nplurals=2; plural=n!=;", "Content-Type: text/plain; charset=klingon"]
)
def test_a_header_that_cannot_be_used_is_told_of(header: str) -> None:
    with pytest.raises(FileError, match="its header cannot be used"):
        translation(f'msgid ""\nmsgstr "{header}\\n"\n', "xx.po")
