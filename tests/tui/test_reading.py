"""What a terminal sends, as keys and other events; noise among it is left out, and nothing else is."""

import pytest
from textual import events

from tui.reading import Reader


def keys(*pieces: bytes) -> list[str]:
    """The keys that are read from bytes as they come."""
    reader = Reader()
    found = [message for piece in pieces for message in reader.messages(piece)]
    return [message.key for message in found if isinstance(message, events.Key)]


def test_keys_in_pieces() -> None:
    assert keys(b"a\x1b[", b"C\xc3", b"\xa9b") == ["a", "right", "é", "b"]


@pytest.mark.parametrize("noise", [b"\xff", b"\xc3", b"\xed\xa0\x80", b"\x80\x81", b"\x1b[1114112u"])
def test_noise_takes_nothing_with_it(noise: bytes) -> None:
    assert keys(b"a" + noise + b"b\x1b[Ac") == ["a", "b", "up", "c"]
    assert keys(b"a", noise, b"b") == ["a", "b"]


def test_a_paste_keeps_its_letters() -> None:
    reader = Reader()
    found = list(reader.messages("\x1b[200~é 1\n2\x1b[201~".encode()))
    found += list(reader.messages(b"x"))
    assert [message.text for message in found if isinstance(message, events.Paste)] == ["é 1\n2"]
