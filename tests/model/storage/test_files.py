"""What a file's name means however it was typed or dropped, and reading that never waits and never takes too much."""

from __future__ import annotations

import io
import os
import shlex
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.errors import FileError, InputError
from model.storage.files import STREAM, apart, need_ending, read
from model.storage.typed_paths import typed_path

NAMES = st.text(st.characters(exclude_characters="/\0", exclude_categories=("Cs", "Cc")), min_size=1, max_size=30)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return tmp_path


def backslashed(path: str) -> str:
    """As Terminal.app, iTerm2 and Ghostty type a file that is dropped on them."""
    return "".join(letter if letter.isalnum() or letter in "/._-~" else f"\\{letter}" for letter in path)


DROPPED: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "single quotes, as VTE and kitty do": lambda path: f"'{path}' ".replace("''", "'"),
    "double quotes, as Windows Terminal does": lambda path: f'"{path}"',
    "backslashes": backslashed,
    "an address": lambda path: f"file://{quote(path)}",
    "an address with this host": lambda path: f"file://{socket.gethostname()}{quote(path)}",
    "an address with localhost": lambda path: f"FILE://localhost{quote(path)}",
    "an address of KDE's": lambda path: f"file:{quote(path)}",
    "a line": lambda path: f"{path}\r\n",
    "after a line": lambda path: f"\n{path}",
}


@pytest.mark.parametrize("how", DROPPED)
@pytest.mark.parametrize("there", [True, False])
def test_a_dropped_file_is_found_or_will_be_called_so(here: Path, how: str, there: bool) -> None:
    path = here / "my dir (1)" / "w é 1.json"
    path.parent.mkdir()
    if there:
        path.touch()
    assert typed_path(DROPPED[how](str(path))) == path


def test_an_address_without_a_root_is_taken_from_here(here: Path) -> None:
    (here / "my dir").mkdir()
    (here / "my dir/w 1.json").touch()
    assert typed_path("file://my%20dir/w%201.json").exists()


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=NAMES)
def test_every_name_is_found_however_it_is_dropped(here: Path, name: str) -> None:
    """Whatever is in it: quotes, backslashes, spaces at its ends, percent signs."""
    if name in {".", ".."} or len(os.fsencode(name)) > 200:
        return
    path = here / name
    path.touch()
    try:
        for dropped in (str(path), shlex.quote(str(path)), f"file://{quote(str(path))}", backslashed(str(path))):
            assert typed_path(dropped) == path
    finally:
        path.unlink()


@pytest.mark.parametrize("name", ["it's.json", "'quoted'.json", "a\\ b.json", '"', "file:x", "$x", "100%.json"])
def test_a_name_that_is_there_as_it_stands_is_taken_as_it_stands(here: Path, name: str) -> None:
    Path(name).touch()
    assert typed_path(name) == Path(name)


def test_a_home_is_put_in_place_of_its_sign(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert typed_path("~/x.json") == here / "home" / "x.json"
    assert typed_path("'~/x y.json'") == here / "home" / "x y.json"
    with pytest.raises(FileError, match="no home"):
        typed_path("~nobody-of-this-name/x.json")


@pytest.mark.parametrize("text", ["", "   ", "\n", "a\0b", "file:///a%00b", "\ud800.json"])
def test_no_file_can_be_called_so(here: Path, text: str) -> None:
    with pytest.raises(FileError):
        typed_path(text)


STREAMS = ["-", "/dev/stdin", "/dev/stdout", "/dev/stderr", "/dev/fd/63", "/proc/self/fd/0"]


@pytest.mark.parametrize("text", STREAMS)
def test_streams_are_for_commands_alone(here: Path, text: str) -> None:
    assert typed_path(text, stream=True) == Path(text)
    with pytest.raises(FileError, match="only commands"):
        typed_path(text)


def test_a_file_with_the_name_of_a_stream_can_be_meant(here: Path) -> None:
    assert typed_path("./-") == here / "-"
    assert typed_path("./-") != STREAM


# Reading


def test_what_is_no_file_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "socket"))
    (tmp_path / "link").symlink_to("fifo")
    kinds = {"fifo": "a FIFO", "link": "a FIFO", "socket": "a socket", ".": "a folder", "/dev/zero": "a device"}
    for name, what in kinds.items():
        with pytest.raises(FileError, match=f"is {what}"):
            read(tmp_path / name)


def test_what_comes_into_its_place_in_between_is_not_read_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "w.json"
    path.touch()
    before = os.stat_result(path.stat())
    path.unlink()
    os.mkfifo(path)
    monkeypatch.setattr(Path, "stat", lambda *_, **__: before)
    with pytest.raises(FileError, match="is a FIFO"):
        read(path)


def test_a_pipe_that_is_open_already_is_read_within_bounds() -> None:
    for data, most in ((b"12345", 5), (b"123456", 5)):
        reader, writer = os.pipe()
        os.write(writer, data)
        os.close(writer)
        path = typed_path(f"/dev/fd/{reader}", stream=True)
        try:
            if len(data) <= most:
                assert read(path, most) == data
            else:
                with pytest.raises(FileError, match="larger than"):
                    read(path, most)
        finally:
            os.close(reader)


def test_standard_input_is_read_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"12345")))
    assert read(STREAM, 5) == b"12345"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"123456")))
    with pytest.raises(FileError, match="standard input: it is larger than"):
        read(STREAM, 5)
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(FileError, match="standard input is closed"):
        read(STREAM)


def test_in_the_state_directory_only_ones_own_files_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mine").write_text("mine")
    (tmp_path / "link").symlink_to("mine")
    assert read(tmp_path / "mine", private=True) == b"mine"
    with pytest.raises(FileError, match="is no file"):
        read(tmp_path / "link", private=True)
    uid = os.geteuid()
    monkeypatch.setattr(os, "geteuid", lambda: uid + 1)
    with pytest.raises(FileError, match="belongs to another user"):
        read(tmp_path / "mine", private=True)


# Apart


def test_one_file_under_two_names_is_noticed(here: Path) -> None:
    (here / "a").touch()
    (here / "link").symlink_to("a")
    (here / "hard").hardlink_to("a")
    (here / "folder").symlink_to(".")
    same = ["a", "./a", str(here / "a"), "link", "hard", "folder/a"]
    for name in same:
        with pytest.raises(InputError, match="--diary and --out are one file"):
            apart({"--diary": Path("a")}, {"--out": Path(name)})
        with pytest.raises(InputError, match="--out and --history are one file"):
            apart({}, {"--out": Path(name), "--history": Path("link")})
    for name in ("new", "folder/new", str(here / "new")):
        with pytest.raises(InputError, match="are one file"):
            apart({}, {"--out": Path(name), "--history": Path("new")})
    apart({"--diary": Path("a"), "--scenario": Path("a")}, {"--out": Path("b"), "--history": Path("c")})


def test_streams_are_used_once_and_nothing_is_lost_in_a_device() -> None:
    with pytest.raises(InputError, match="only once"):
        apart({"--scenario": STREAM, "--weights": Path("/dev/stdin")}, {})
    with pytest.raises(InputError, match="one file"):
        apart({}, {"--out": STREAM, "--history": Path("/dev/stdout")})
    apart({"--weights": STREAM}, {"--out": STREAM})
    apart({}, {"--out": Path("/dev/null"), "--history": Path("/dev/null")})


def test_endings_count_whatever_their_case(tmp_path: Path) -> None:
    endings = (".json", ".npz")
    found = [need_ending(Path(name), endings) for name in ("w.json", "W.NPZ", "w.Json", "w", "-", "/dev/fd/63")]
    assert found == [".json", ".npz", ".json", "", "", ""]
    for name in ("w.csv", "w.json.gz", "w.2024"):
        with pytest.raises(FileError, match=r"should end in \.json or \.npz"):
            need_ending(Path(name), endings)
