"""A made-up language: every letter of each sentence is another, so that whatever nobody translates is seen.

It is made as a translator makes one, of the sentences that stand in the code, as a PO file and pages; its letters are
those of Armenian, which are as wide as ours, have capitals, and appear nowhere else.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[3]
CODE = "xx"
CALLS = {"_": 1, "N_": 1, "ngettext": 2, "pgettext": 2}
"""The functions of `model.language` and how many of their arguments are texts."""

LETTERS = {ord(first) + at: chr(other + at) for first, other in (("A", 0x531), ("a", 0x561)) for at in range(26)}

_KEPT = re.compile(r"\{\{|\}\}|\{[^{}]*\}|%\(\w+\)[sr]|%[sr%]")


def made_up(text: str) -> str:
    """A text in the made-up language; what is filled in later stays."""
    parts, end = [], 0
    for kept in _KEPT.finditer(text):
        parts += [text[end : kept.start()].translate(LETTERS), kept[0]]
        end = kept.end()
    return "".join([*parts, text[end:].translate(LETTERS)])


def calls(source: str) -> Iterator[tuple[ast.Call, str]]:
    """Every call of a function of `model.language` in a module, with its name."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            yield node, node.func.id


@cache
def messages() -> frozenset[tuple[str, ...]]:
    """All sentences of the code: one text, two for those that go with a number, a context and a text."""
    found = set()
    for room in ("model", "tui"):
        for path in sorted((ROOT / room).rglob("*.py")):
            for call, name in calls(path.read_text("utf-8")):
                texts = [one.value for one in call.args[: CALLS[name]] if isinstance(one, ast.Constant)]
                if len(texts) == CALLS[name]:
                    found.add((name if name == "pgettext" else "", *map(str, texts)))
    return frozenset(found)


def catalog() -> str:
    """The PO file."""
    lines = [
        'msgid ""',
        'msgstr ""',
        '"Content-Type: text/plain; charset=UTF-8\\n"',
        '"Plural-Forms: nplurals=2; plural=n != 1;\\n"',
    ]
    for kind, *all_texts in sorted(messages()):
        lines.append("")
        texts = all_texts
        if kind:
            lines.append(f"msgctxt {_quoted(texts[0])}")
            texts = texts[1:]
        lines.append(f"msgid {_quoted(texts[0])}")
        if len(texts) == 1:
            lines.append(f"msgstr {_quoted(made_up(texts[0]))}")
        else:
            lines.append(f"msgid_plural {_quoted(texts[1])}")
            lines += [f"msgstr[{at}] {_quoted(made_up(text))}" for at, text in enumerate(texts)]
    return "\n".join([*lines, ""])


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def write(folder: Path) -> None:
    """Lay the language down beside English, as `tui/text` has it."""
    po = folder / "locale" / CODE / "LC_MESSAGES" / "roommate.po"
    po.parent.mkdir(parents=True)
    po.write_text(catalog(), "utf-8")
    for kind in ("lessons", "manual"):
        english, other = (folder / kind / code for code in ("en", CODE))
        english.mkdir(parents=True)
        other.mkdir()
        for path in (ROOT / "tui" / "text" / kind / "en").iterdir():
            text = path.read_text("utf-8")
            (english / path.name).write_text(text, "utf-8")
            (other / path.name).write_text(text.translate(LETTERS) if kind == "manual" else _lesson(path), "utf-8")

    template = (ROOT / "model" / "roommate" / "template.toml").read_text("utf-8").split("\n")
    commented = ("#".join([head, *(made_up(note) for note in notes)]) for head, *notes in map(_parts, template))
    (folder / "lessons" / CODE / "template.toml").write_text("\n".join(commented), "utf-8")


def _parts(line: str) -> list[str]:
    return line.split("#")


def _lesson(path: Path) -> str:
    """A page whose headings stay, by which its sections are found; those of the glossary are the words themselves."""
    kept = "#" if path.name != "glossary.md" else "\0"
    lines = path.read_text("utf-8").split("\n")
    return "\n".join(line if line.startswith(kept) else made_up(line) for line in lines)
