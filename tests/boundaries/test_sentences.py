"""Sentences are written so that they can be translated: whole, with gaps that have names."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path
from string import Formatter

import pytest

from model.course.sections import LETTERS, Faults, Line, sections_of
from model.storage.scenarios import template
from tests.tui.text.languages import FOLDERS, OTHERS, TEXTS, pages
from tests.tui.text.made_up import CALLS, ROOT, calls, catalog, messages
from tui.text.po import Entry, entries

SENTENCE = re.compile(r"[a-z]{2,}[,:;]? [a-z]{2,}|^[A-Z][a-z]+ [a-z]{2,}")
"""Two words in a row."""

MODULES = sorted(
    path.relative_to(ROOT).as_posix() for room in ("model", "tui") for path in (ROOT / room).rglob("*.py")
)


FOR_PROGRAMMERS = {"ValueError", "TypeError", "AssertionError", "RuntimeError", "KeyError", "NotImplementedError"}
"""Errors that nobody ought to see; a crash report has them in English, for those who mend them."""

NO_SENTENCES = {"compile", "fullmatch", "Binding", "parse_and_bind"}
"""Functions that are given no sentences: what a binding is called no screen of ours shows."""

TYPED = {"synonyms", "words", "keys", "key_display", "classes"}
"""Arguments that are typed, or names: the words by which the palette finds a command it never shows."""

EXEMPT = {
    "model/network/cells/": "names of steps, which JSON has; model/steps/titles.py says them",
    "model/steps/": "the same",
    "tui/rendering/pipeline.py": "the same",
    "model/engine/emission.py": "program text",
    "model/engine/source.py": "the same",
    "model/network/activations.py": "formulas, of which model/steps/titles.py says the words",
    "model/network/origins.py": "where weights come from, as JSON has it; the same file says it in words",
    "model/roommate/roommate.py": "the lecture's roommate and its rules: names",
    "model/roommate/scenario.py": "the soup eater: a name",
    "model/export/automaton.py": "DOT and Mermaid",
    "model/export/sweep_svg.py": "SVG",
    "model/training/seed_batch.py": "how a training ended, as JSON has it",
    "model/storage/archive.py": "a part of what numpy says",
    "tui/app/run.py": "the report of a crash, which is for those who mend the program",
    "tui/terminal/crash_report.py": "the same",
    "tui/text/narration.py": "headings of the lessons' pages, the same in every language",
    "tui/text/lesson_pages.py": "headings of the lessons' pages, the same in every language",
    "tui/session/reply.py": "names of what follows a command",
    "tui/session/permalink.py": "a mark that no file can have for its name",
}
"""Modules, or folders of them, with texts of several words that are no sentences, and what these are."""


def not_translatable(source: str) -> list[str]:
    """Texts of several words that no function of `model.language` is given: sentences, as far as can be seen."""
    tree = ast.parse(source)
    outside: list[str] = []

    def look(node: ast.AST, *, told_elsewhere: bool = False) -> None:
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            told_elsewhere = told_elsewhere or name in CALLS or name in FOR_PROGRAMMERS or name in NO_SENTENCES
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            return  # a docstring
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and not told_elsewhere
            and _is_sentence(node.value)
        ):
            outside.append(f"{node.lineno}: {node.value!r}")
        for name, value in ast.iter_fields(node):
            if name in {"annotation", "returns"} or (isinstance(node, ast.keyword) and node.arg in TYPED):
                continue
            for part in value if isinstance(value, list) else [value]:
                if isinstance(part, ast.AST):
                    look(part, told_elsewhere=told_elsewhere)

    look(tree)
    return outside


def _is_sentence(text: str) -> bool:
    style = text.startswith("$") or "bold" in text or "{ " in text
    return bool(SENTENCE.search(text)) and not style


def unfit(source: str) -> list[str]:
    """What is wrong with a module's calls of gettext's functions."""
    found = []
    for call, name in calls(source):
        texts = call.args[: CALLS[name]]
        for text in texts:
            if isinstance(text, ast.JoinedStr | ast.BinOp):
                found.append(f"{call.lineno}: {name}() is given a text that is put together: no translation has it")
            elif isinstance(text, ast.Constant):
                found += [f"{call.lineno}: {fault}" for fault in _unfit_gaps(str(text.value))]
            elif name in {"N_", "ngettext", "pgettext"}:
                found.append(f"{call.lineno}: {name}() is given {ast.unparse(text)}, which no tool can find")
    for node in ast.walk(ast.parse(source)):
        hides = (isinstance(node, ast.Name) and node.id == "_" and isinstance(node.ctx, ast.Store)) or (
            isinstance(node, ast.arg) and node.arg == "_"
        )
        if hides:
            found.append(f"{node.lineno}: _ is the name of something else here")  # type: ignore[attr-defined]
    return found


def _unfit_gaps(text: str) -> list[str]:
    if "%(" in text or text in {"usage: "} or "%s" in text or "%r" in text:  # argparse's own
        return []
    try:
        gaps = [gap for _text, gap, _spec, _conversion in Formatter().parse(text) if gap is not None]
    except ValueError as error:
        return [f"{text!r}: {error}"]
    return [f"{text!r}: a gap has no name" for gap in gaps if not gap.isidentifier()]


@pytest.mark.parametrize("module", MODULES)
def test_sentences_are_whole_and_their_gaps_have_names(module: str) -> None:
    assert unfit((ROOT / module).read_text("utf-8")) == []


@pytest.mark.parametrize("module", [module for module in MODULES if not module.startswith(tuple(EXEMPT))])
def test_every_sentence_can_be_translated(module: str) -> None:
    assert not_translatable((ROOT / module).read_text("utf-8")) == []


@pytest.mark.parametrize("room", EXEMPT)
def test_what_is_exempt_has_to_be(room: str) -> None:
    sources = [(ROOT / module).read_text("utf-8") for module in MODULES if module.startswith(room)]
    assert any(not_translatable(source) for source in sources)


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("_(f'Day {day}')", "put together"),
        ("_('Day ' + day)", "put together"),
        ("_('Day %d' % day)", "put together"),
        ("ngettext('{n} day', f'{n} days', n)", "put together"),
        ("N_(text)", "no tool can find"),
        ("_('Day {}').format(3)", "has no name"),
        ("_('Day {day.name}').format(day=3)", "has no name"),
        ("_('Day {day')", "expected '}'"),
        ("for _ in range(3): pass", "something else"),
        ("lambda _: 3", "something else"),
    ],
)
def test_the_test_sees_what_cannot_be_translated(source: str, fault: str) -> None:
    assert fault in " ".join(unfit(source))


SHIPPED = sorted((TEXTS / "locale").rglob("*.po"))


def wrong_gaps(entry: Entry) -> list[str]:
    """The forms of a translation that fill in what the sentence does not have."""
    allowed = _gaps(entry.texts["msgid"]) | _gaps(entry.texts.get("msgid_plural", ""))
    return [form for form in entry.forms if entry.key and not _gaps(form) <= allowed]


def missing(text: str) -> set[str]:
    """The sentences of the code that a PO file does not translate."""
    there = {entry.key for entry in entries(text, "po") if all(entry.forms) and not entry.fuzzy}
    return {("\x04" if kind else "\0").join(texts) for kind, *texts in messages()} - there


def test_a_language_that_is_shipped_lacks_nothing_and_fills_the_same_gaps() -> None:
    for path in SHIPPED:
        text = path.read_text("utf-8")
        left = missing(text)
        assert not left, f"{path}: {len(left)} sentences are missing, among them {sorted(left)[:3]}"
        assert [form for entry in entries(text, str(path)) for form in wrong_gaps(entry)] == []


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("folder", FOLDERS)
def test_a_language_has_every_page(folder: str, code: str) -> None:
    assert {*pages(folder, code)} == {*pages(folder)}


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("name", pages("lessons"))
def test_a_lesson_has_headings_and_gaps_of_the_english_one(name: str, code: str) -> None:
    ours, theirs = (_gaps_by_heading(pages("lessons", one)[name]) for one in ("en", code))
    if name == "glossary.md":  # its headings are the words themselves
        assert [*ours.values()] == [*theirs.values()]
    else:
        assert theirs == ours


@pytest.mark.parametrize("code", OTHERS)
def test_the_template_of_a_scenario_has_other_notes_and_nothing_else(code: str) -> None:
    ours, theirs = template(), (TEXTS / "lessons" / code / "template.toml").read_text("utf-8")
    assert theirs != ours
    assert tomllib.loads(theirs) == tomllib.loads(ours)
    assert [line for line in theirs.split("\n") if line.startswith("#[")] == [
        line for line in ours.split("\n") if line.startswith("#[")
    ]


IN_WORDS = {"told", "ask", "reveal", "misconception", "say", "asked", "hint", "part", "wrong", "holds", *LETTERS}
"""The keys of a page of the course that each language has for itself."""


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("name", pages("story"))
def test_a_page_of_the_course_has_lines_gaps_and_commands_of_the_english_one(name: str, code: str) -> None:
    faults = Faults()
    ours, theirs = (sections_of(pages("story", one)[name].read_text("utf-8"), name, faults) for one in ("en", code))
    faults.raise_if_any(code)
    assert [section.name for section in theirs] == [section.name for section in ours]
    for english, translated in zip(ours, theirs, strict=True):
        told = [line for line in translated.lines if line.key in IN_WORDS]
        wanted = english.all(*IN_WORDS)
        assert [_skeleton(line) for line in told] == [_skeleton(line) for line in wanted], english.name
        for line, other in zip(told, wanted, strict=True):
            assert line.text != other.text or not SENTENCE.search(_BLANK.sub("", line.text)), english.name
        for line in (line for line in translated.lines if line.key not in IN_WORDS):
            first = english.one(line.key)
            assert first is not None, (english.name, line.key)
            assert line.text == first.text, (english.name, line.key)


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("name", pages("manual"))
def test_a_page_of_the_manual_has_what_is_typed_of_the_english_one(name: str, code: str) -> None:
    ours, theirs = (_typed(pages("manual", one)[name].read_text("utf-8")) for one in ("en", code))
    assert theirs == ours


_BLANK = re.compile(r"\{[^{}]*\}")


def _skeleton(line: Line) -> tuple[str, str, frozenset[str], frozenset[str]]:
    """What a line has in every language: its key, what is computed, its blanks, and what it tells one to type."""
    computed, bar, words = line.text.partition("|") if line.key in {"wrong", "holds"} else ("", "", line.text)
    typed = re.findall(r"(?<!\w)'([^']+)'", words)
    return line.key, computed + bar, frozenset(_BLANK.findall(words)), frozenset(typed)


def _gaps_by_heading(path: Path) -> dict[str, frozenset[str]]:
    sections = (section.partition("\n") for section in path.read_text("utf-8").split("\n## ")[1:])
    return {heading: _gaps(body) for heading, _newline, body in sections}


def _typed(text: str) -> tuple[list[str], set[str], list[str], list[int]]:
    """What a page of the manual has in every language: examples, what is typed, the order of its parts."""
    examples = re.findall(r"^```.*?^```", text, re.DOTALL | re.MULTILINE)
    rest = re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE)
    code = {" ".join(one.split()) for one in re.findall(r"`([^`]+)`", rest)}
    parts = re.findall(r"^(#+ |- |\|)", rest, re.MULTILINE)
    return (
        [one for one in examples if "told:" not in one],
        code,
        parts,
        [len(line.split("|")) for line in rest.splitlines() if line.startswith("|")],
    )


def test_what_is_missing_or_filled_in_wrongly_is_seen() -> None:
    whole = catalog()
    assert missing(whole) == set()
    assert missing(whole.replace('msgid "Monday"', 'msgid "Moonday"')) == {"Monday"}
    (entry,) = entries('msgid "{day} is over"\nmsgstr "{dia} acabou"\n', "po")
    assert wrong_gaps(entry) == ["{dia} acabou"]


def _gaps(text: str) -> frozenset[str]:
    return frozenset(gap for _text, gap, _spec, _conversion in Formatter().parse(text) if gap)


def test_no_module_translates_while_it_is_imported() -> None:
    early = []
    for module in MODULES:
        tree = ast.parse((ROOT / module).read_text("utf-8"))
        inside = {
            id(part)
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            for part in ast.walk(node)
        }
        for node in ast.walk(tree):
            called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id
            if called in {"_", "ngettext", "pgettext"} and id(node) not in inside:
                early.append(f"{module}:{node.lineno}")  # type: ignore[attr-defined]
    assert early == []


def test_the_modules_are_found() -> None:
    assert Path("model/language.py").as_posix() in MODULES
    assert len(MODULES) > 150
