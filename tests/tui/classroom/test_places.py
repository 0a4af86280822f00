"""Where classes are shared: nobody's folder, link or socket is taken for somebody else's."""

import os
import socket
from pathlib import Path

import pytest

from model.errors import FileError, InputError
from tui.classroom import places
from tui.classroom.follower import NotFollowedError, connected
from tui.classroom.places import Place, classes, find, need_folder, own_folder, read_name, shared_folder


def listening(path: Path) -> socket.socket:
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(os.fspath(path))
    listener.listen()
    return listener


@pytest.mark.parametrize("name", ["", ".", "..", "../b", "a b", "-x", "é", "\x1b[2J", "x" * 33, "a.socket", "a\n"])
def test_no_name_leads_out_of_the_folder(name: str) -> None:
    with pytest.raises(InputError) as refused:
        read_name(name)
    assert "\x1b" not in str(refused.value)
    with pytest.raises(InputError):
        find(name.replace("/", "."))


def test_a_class_is_found_by_its_name_and_its_account(folder: Path) -> None:
    need_folder(own_folder(), None)
    with listening(own_folder() / "rnn.socket"):
        found = find("rnn")
        assert found is not None
        assert found == find(f"{found.user}/rnn") == find(f"{os.geteuid()}/rnn")
        assert find("nobody-at-all/rnn") is None
        assert [str(place) for place in classes()] == [f"{found.user}/rnn"]
    assert find("other") is None


def test_the_runtime_directory_is_used_where_it_is_ones_own(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    assert own_folder() == folder / "roommate-tui"
    for other in ("relative", str(folder / "missing"), "", "/proc/1"):
        monkeypatch.setenv("XDG_RUNTIME_DIR", other)
        assert own_folder() == shared_folder(os.geteuid()) or os.geteuid() == 0


def test_a_folder_is_closed_to_others(folder: Path) -> None:
    own_folder().mkdir(mode=0o777)
    own_folder().chmod(0o777)
    need_folder(own_folder(), None)
    assert own_folder().stat().st_mode & 0o077 == 0
    need_folder(own_folder(), os.getegid())
    assert own_folder().stat().st_mode & 0o777 == 0o750


def test_a_link_in_place_of_the_folder_is_refused(folder: Path, tmp_path: Path) -> None:
    own_folder().symlink_to(tmp_path)
    with pytest.raises(FileError, match="not a folder of yours"):
        need_folder(own_folder(), None)
    with listening(tmp_path / "rnn.socket"):
        assert find("rnn") is None


def test_a_folder_that_another_account_made_is_refused_and_its_owner_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = shared_folder(os.geteuid())
    path.mkdir()
    monkeypatch.setattr(os, "geteuid", lambda: 54321)
    path.rename(shared_folder(54321))
    with pytest.raises(FileError, match="another account has taken the place"):
        need_folder(shared_folder(54321), None)
    with listening(shared_folder(54321) / "rnn.socket"):
        assert find("rnn") is None, "who follows looks for the owner, too"


def test_a_link_to_a_socket_is_no_class(folder: Path, tmp_path: Path) -> None:
    need_folder(own_folder(), None)
    with listening(folder / "s"):
        (own_folder() / "rnn.socket").symlink_to(folder / "s")
        (own_folder() / "file.socket").write_text("")
        assert classes() == []


def test_a_socket_at_whose_other_end_is_another_account_is_not_followed(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "rnn.socket"
    with listening(path):
        connected(Place("rnn", os.geteuid(), path)).close()
        with pytest.raises(NotFollowedError, match="another account"):
            connected(Place("rnn", os.geteuid() + 1, path))


def test_two_accounts_with_a_class_of_one_name_are_told_apart(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine, other = Place("rnn", os.geteuid(), folder / "a"), Place("rnn", os.geteuid() + 1, folder / "b")
    monkeypatch.setattr(places, "classes", lambda *_asked: [mine, other])
    with pytest.raises(InputError, match="say whose") as refused:
        find("rnn")
    assert str(mine) in str(refused.value)
    assert str(other) in str(refused.value)
