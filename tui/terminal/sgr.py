"""SGR sequences: styles, and the shortest way from one to another."""

from __future__ import annotations

from functools import lru_cache

OFF = {"1": "22", "2": "22", "3": "23", "4": "24", "5": "25", "7": "27", "8": "28", "9": "29"}
"""What turns an attribute off; bold and dim go together."""

SEEN_ON_BLANKS = {"4", "7", "9"}
"""Underlined, reversed or struck out, a blank shows its colour."""

Style = tuple[str, str, frozenset[str]]
"""Foreground, background and attributes as SGR codes."""

PLAIN: Style = ("", "", frozenset())


@lru_cache(maxsize=4096)
def styled(before: Style, codes: str) -> Style:
    """A style after a sequence of SGR codes (ECMA-48, 8.3.117)."""
    foreground, background, attributes = before
    parts = iter(codes.split(";"))
    for code in parts:
        if code in {"", "0"}:
            foreground, background, attributes = PLAIN
        elif code in {"38", "48"}:
            kind = next(parts, "")
            count = {"5": 1, "2": 3}.get(kind, 0)
            colour = ";".join([code, kind, *(next(parts, "") for _part in range(count))])
            if code == "38":
                foreground = colour
            else:
                background = colour
        elif code in OFF:
            attributes |= {code}
        elif code in OFF.values():
            attributes -= {attribute for attribute, off in OFF.items() if off == code}
        elif code == "39":
            foreground = ""
        elif code == "49":
            background = ""
        elif code[:1] in {"3", "9"}:
            foreground = code
        else:
            background = code
    return foreground, background, attributes


@lru_cache(maxsize=4096)
def change(before: Style, after: Style) -> str:
    """The shortest way we know from one style to another."""
    codes = []
    gone = before[2] - after[2]
    if gone:
        codes += sorted({OFF[attribute] for attribute in gone})
        kept = after[2] & {attribute for attribute in OFF if OFF[attribute] in codes}  # bold off is dim off, too
        codes += sorted((after[2] - before[2]) | kept)
    else:
        codes += sorted(after[2] - before[2])
    if before[0] != after[0]:
        codes.append(after[0] or "39")
    if before[1] != after[1]:
        codes.append(after[1] or "49")
    if after == PLAIN:
        return "\x1b[m"
    codes_after = f"\x1b[{';'.join(codes)}m"
    anew = f"\x1b[0;{';'.join([*sorted(after[2]), *filter(None, after[:2])])}m"
    return min(codes_after, anew, key=len)


@lru_cache(maxsize=1024)
def on_blanks(style: Style) -> Style:
    """What of a style is seen on a blank: its background, unless it is underlined, reversed or struck out."""
    return style if style[2] & SEEN_ON_BLANKS else ("", style[1], frozenset())


def near(style: Style, blank: Style) -> Style:
    """The style to write a blank with that needs the least change from the one before."""
    return blank if style[2] & SEEN_ON_BLANKS else (style[0], blank[1], style[2])
