"""Files that are written whole, whatever is in their place: links, rights, devices, pipes, folders, other people."""

from __future__ import annotations

import os
import stat
import threading
import time
from pathlib import Path

import pytest

from model.errors import FileError
from model.storage import atomic
from model.storage.atomic import LEFT_BEHIND_SECONDS, Target, would_replace, write_atomically

PART = ".roommate-tui-" + "0f" * 16


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="Linux has such attributes")
def test_a_file_that_is_replaced_keeps_what_a_person_has_noted_about_it(tmp_path: Path) -> None:
    path = tmp_path / "w.json"
    path.write_text("old")
    try:
        os.setxattr(path, "user.origin", b"the lecture")
    except OSError:
        pytest.skip("this file system has no such attributes")
    write_atomically(path, b"new", overwrite=True)
    assert path.read_text() == "new"
    assert os.getxattr(path, "user.origin") == b"the lecture"


def age(path: Path, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(path, (then, then), follow_symlinks=False)


def test_only_what_is_named_so_ours_and_old_is_swept_away(tmp_path: Path) -> None:
    (tmp_path / PART).write_text("half of")
    young = tmp_path / PART.replace("0f", "1e")
    young.write_text("being written")
    theirs = [".w.json.20251125", ".w.json.0123abcd", ".w.json.bak", PART[:-1], PART + "0", PART.removeprefix(".")]
    for name in theirs:
        (tmp_path / name).write_text("somebody's")
    (tmp_path / PART.replace("0f", "2d")).mkdir()
    (tmp_path / PART.replace("0f", "3c")).symlink_to("nowhere")
    os.mkfifo(tmp_path / PART.replace("0f", "4b"))
    before = {path.name for path in tmp_path.iterdir()}
    for path in tmp_path.iterdir():
        if path != young:
            age(path, LEFT_BEHIND_SECONDS + 60)
    write_atomically(tmp_path / "w.json", b"new", overwrite=True)
    assert {path.name for path in tmp_path.iterdir()} == before - {PART} | {"w.json"}


def test_links_are_followed_even_where_they_lead_nowhere_yet(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "target").write_text("old")
    links = {"link": "target", "chain": "link", "dangling": "folder/new"}
    for link, to in links.items():
        (tmp_path / link).symlink_to(to)
    assert [would_replace(tmp_path / link) for link in links] == [True, True, False]
    for link in links:
        write_atomically(tmp_path / link, link.encode(), overwrite=True)
    assert {link: str((tmp_path / link).readlink()) for link in links} == links
    assert ((tmp_path / "target").read_text(), (tmp_path / "folder/new").read_text()) == ("chain", "dangling")


def test_links_in_a_circle_or_into_no_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    (tmp_path / "lost").symlink_to("no/such/folder")
    for name in ("a", "lost"):
        with pytest.raises(FileError, match="cannot be written"):
            write_atomically(tmp_path / name, b"", overwrite=True)
        assert (tmp_path / name).is_symlink()


def test_a_file_that_is_replaced_keeps_its_rights(tmp_path: Path) -> None:
    for mode in (0o600, 0o640, 0o644, 0o664, 0o755, 0o200):
        path = tmp_path / f"{mode:o}"
        path.write_text("old")
        path.chmod(mode)
        write_atomically(path, b"new", overwrite=True)
        assert (stat.S_IMODE(path.stat().st_mode), path.stat().st_size) == (mode, 3)


@pytest.mark.parametrize("mask", [0o022, 0o077, 0o002])
def test_a_new_file_gets_the_rights_of_any_new_file(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        write_atomically(tmp_path / "ours", b"", overwrite=False)
        (tmp_path / "theirs").touch()
    finally:
        os.umask(before)
    assert (tmp_path / "ours").stat().st_mode == (tmp_path / "theirs").stat().st_mode


def test_a_file_that_is_protected_from_writing_stays_even_for_the_superuser(tmp_path: Path) -> None:
    path = tmp_path / "w.json"
    path.write_text("mine")
    path.chmod(0o444)
    for ask in (lambda: would_replace(path), lambda: write_atomically(path, b"new", overwrite=True)):
        with pytest.raises(FileError, match="protected from writing"):
            ask()
    assert path.read_text() == "mine"


def test_folders_sockets_and_no_folder_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    import socket

    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "socket"))
    (tmp_path / "file").touch()
    places = {
        tmp_path: "it is a folder",
        Path("/"): "it is a folder",
        Path(): "it is a folder",
        tmp_path / "socket": "it is a socket",
        tmp_path / "no" / "w.json": "there is no folder",
        tmp_path / "file" / "w.json": "Not a directory",
        tmp_path / ("w" * 300): "File name too long",
    }
    for place, why in places.items():
        for overwrite in (False, True):
            with pytest.raises(FileError, match=why):
                Target(place, overwrite=overwrite)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "socket"]


def test_a_name_as_long_as_the_system_takes_can_be_written(tmp_path: Path) -> None:
    write_atomically(tmp_path / ("w" * 255), b"new", overwrite=False)
    assert (tmp_path / ("w" * 255)).read_bytes() == b"new"


def test_a_device_gets_the_bytes_and_stays_one() -> None:
    for device in ("/dev/null", "/dev/full"):
        if not Path(device).is_char_device():
            pytest.skip(f"no {device} here")
    with Target(Path("/dev/null"), overwrite=False) as target:
        target.write(b"gone")
    with pytest.raises(FileError, match="/dev/full cannot be written: No space left on device"):
        write_atomically(Path("/dev/full"), b"too much", overwrite=False)
    assert Path("/dev/null").is_char_device()
    assert Path("/dev/full").is_char_device()


def test_a_pipe_that_nobody_reads_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.json")
    with pytest.raises(FileError, match=r"FIFO.*nobody reads from it"):
        Target(tmp_path / "pipe.json", overwrite=True)
    assert would_replace(tmp_path / "pipe.json") is False  # and looking opens none
    assert (tmp_path / "pipe.json").is_fifo()


def test_a_pipe_that_somebody_reads_gets_all_of_it(tmp_path: Path) -> None:
    path, data, got = tmp_path / "pipe", b"0123456789" * 100_000, []
    os.mkfifo(path)
    reader = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    os.set_blocking(reader, True)

    def read() -> None:
        with os.fdopen(reader, "rb") as file:
            got.append(file.read())

    with Target(path, overwrite=False) as target:
        thread = threading.Thread(target=read)
        thread.start()
        target.write(data)
    thread.join(timeout=60)
    assert got == [data]
    assert path.is_fifo()


def test_a_reader_that_takes_nothing_is_given_up_where_somebody_waits(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atomic, "PATIENCE", 0.0)
    os.mkfifo(tmp_path / "pipe")
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    try:
        with pytest.raises(FileError, match="nobody takes what is written"):
            write_atomically(tmp_path / "pipe", bytes(2**21), overwrite=True)
    finally:
        os.close(reader)


def test_of_two_who_save_at_once_one_is_told_that_the_other_was_faster(tmp_path: Path) -> None:
    """Everybody looks whether the file is there before anybody writes it, as two processes can."""
    for number in range(20):
        path = tmp_path / f"{number}.json"
        targets = [Target(path, overwrite=False) for _ in range(3)]
        targets[number % 3].write(b"first")
        for target in targets:
            with pytest.raises(FileError, match="there already and was not overwritten"):
                target.write(b"later")
        assert path.read_bytes() == b"first"
    assert len(list(tmp_path.iterdir())) == 20  # nothing is left beside them


def test_where_files_cannot_be_linked_no_save_is_lost_either(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    first, second = (Target(tmp_path / "w.json", overwrite=False) for _ in range(2))
    first.write(b"first")
    with pytest.raises(FileError, match="there already"):
        second.write(b"second")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("w.json", b"first")]


def test_what_is_swapped_while_it_is_written_is_not_put_in_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a shared folder another user may put something in the place of the part that is written."""
    sync = os.fsync

    def swapped(descriptor: int) -> None:
        (part,) = tmp_path.glob(".roommate-tui-*")
        part.unlink()
        os.mkfifo(part)
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", swapped)
    with pytest.raises(FileError, match="somebody else has put another thing"):
        write_atomically(tmp_path / "w.json", b"new", overwrite=True)
    assert not (tmp_path / "w.json").exists()


def test_parts_have_names_that_nobody_can_guess_and_are_nobody_elses_to_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: dict[str, int] = {}
    sync = os.fsync

    def look(descriptor: int) -> None:
        seen.update({part.name: part.stat().st_mode for part in tmp_path.glob(".*")})
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", look)
    for _ in range(20):
        write_atomically(tmp_path / "w.json", b"new", overwrite=True, private=True)
    assert len(seen) == 20
    assert {stat.S_IMODE(mode) for mode in seen.values()} == {0o600}


def test_in_the_state_directory_no_link_is_followed(tmp_path: Path) -> None:
    (tmp_path / "treasure").write_text("mine")
    for name, to in (("run.npz", tmp_path / "treasure"), ("new.npz", tmp_path / "made")):
        (tmp_path / name).symlink_to(to)
        write_atomically(tmp_path / name, b"run", overwrite=True, private=True)
        assert (tmp_path / name).read_bytes() == b"run"
        assert not (tmp_path / name).is_symlink()
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    assert (tmp_path / "treasure").read_text() == "mine"
    assert not (tmp_path / "made").exists()
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(FileError, match="a FIFO"):
        write_atomically(tmp_path / "pipe", b"run", overwrite=True, private=True)
