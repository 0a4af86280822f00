"""Which language is spoken, and what becomes of pages that it has not."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from model.errors import FileError
from model.language import _
from tui.cli.main import main
from tui.text import language
from tui.text.language import languages, speak, spoken, versions, wanted
from tui.text.lesson_pages import lesson_page

HEADER = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of texts with two languages beside English: Portuguese, and its Brazilian kind."""
    for folder in ("lessons", "manual"):
        shutil.copytree(str(language.TEXTS.joinpath(folder, "en")), tmp_path / folder / "en")
    for code in ("pt", "pt_BR"):
        path = tmp_path / "locale" / code / "LC_MESSAGES" / "roommate.po"
        path.parent.mkdir(parents=True)
        path.write_text(f'{HEADER}msgid "day"\nmsgstr "dia, {code}"\n', encoding="utf-8")
    (tmp_path / "locale" / "draft").mkdir()
    (tmp_path / "lessons" / "pt").mkdir()
    (tmp_path / "lessons" / "pt" / "1-weather.md").write_text("# 1\n\n## title\nTempo\n", encoding="utf-8")
    monkeypatch.setattr(language, "TEXTS", tmp_path)
    yield tmp_path
    monkeypatch.undo()
    speak("en")


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({}, "en"),
        ({"LANG": "pt_BR.UTF-8"}, "pt_BR"),
        ({"LANG": "pt_PT.UTF-8@euro"}, "pt"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "de_DE", "LC_MESSAGES": "pt"}, "pt"),
        ({"LC_ALL": "en_GB.UTF-8", "LC_MESSAGES": "pt", "LANG": "pt"}, "en"),
        ({"LC_ALL": "", "LANG": "pt"}, "pt"),
        ({"LANG": "en_US", "LANGUAGE": "de:pt_BR:pt"}, "pt_BR"),
        ({"LANG": "pt", "LANGUAGE": "en:pt"}, "en"),
        ({"LANG": "pt", "LANGUAGE": "de:fr"}, "pt"),
        ({"LC_ALL": "C", "LANGUAGE": "pt"}, "en"),
        ({"LANG": "C.UTF-8", "LANGUAGE": "pt"}, "en"),
        ({"LANGUAGE": "pt"}, "pt"),
        ({"LANG": "../../pt"}, "en"),
        ({"LANG": "draft"}, "en"),
    ],
    ids=str,
)
def test_the_locale_says_which_language_is_spoken(texts: Path, environment: dict[str, str], code: str) -> None:
    assert wanted(environment) == code


def test_english_is_always_there(texts: Path) -> None:
    assert languages() == ["en", "pt", "pt_BR"]
    shutil.rmtree(texts / "locale")
    assert languages() == ["en"]


def test_a_language_is_spoken_until_another_is(texts: Path) -> None:
    speak("pt_BR")
    assert (_("day"), _("week"), spoken()) == ("dia, pt_BR", "week", "pt_BR")
    speak("en")
    assert (_("day"), spoken()) == ("day", "en")


def test_a_page_falls_back_to_the_language_at_large_and_then_to_english(texts: Path) -> None:
    english = lesson_page(1)
    speak("pt_BR")
    assert lesson_page(1) == {**english, "title": "Tempo"}
    assert lesson_page(2)["title"] == "Yesterday"
    assert len(versions("lessons", "1-weather.md")) == 2
    speak("en")
    assert lesson_page(1) == english


@pytest.mark.parametrize(
    "words", [["--lang", "pt"], ["--lang=PT"], ["--la", "pt"], ["cook", "--lang", "pt", "--json"]]
)
def test_an_option_says_it_before_the_locale(
    texts: Path, words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("LANGUAGE")
    monkeypatch.setenv("LC_ALL", "pt_BR.UTF-8")
    assert main([*words, "cook", "--csv"] if "cook" not in words else words) == 0
    assert spoken() == "pt"
    assert main(["cook", "--csv"]) == 0
    assert spoken() == "pt_BR"


def test_every_command_takes_it_and_names_those_there_are(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    commands = ["", "cook", "explain", "extract", "train", "scenario check x", "serve", "help"]
    for command in commands:
        with pytest.raises(SystemExit) as end:
            main([*command.split(), "--lang", "klingon"])
        assert end.value.code == 2
        assert "'klingon' is not a language: there are en, pt and pt_BR." in capsys.readouterr().err
        with pytest.raises(SystemExit):
            main([*command.split(), "--help"])
        assert "--lang CODE" in capsys.readouterr().out


def test_a_translation_that_is_broken_is_a_bad_file(texts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (texts / "locale" / "pt" / "LC_MESSAGES" / "roommate.po").write_text("<html>\n", encoding="utf-8")
    assert main(["cook", "--lang", "pt"]) == 3
    assert "roommate.po: line 1 is not msgid" in capsys.readouterr().err
    (texts / "locale" / "pt" / "LC_MESSAGES" / "roommate.po").write_bytes(b"\xff\xfe")
    with pytest.raises(FileError, match="cannot be read"):
        speak("pt")
