"""``--share``, ``--follow``, ``--notes`` and ``classes`` on the command line."""

import os
from pathlib import Path

import pytest

from model.errors import RoommateError
from tests.tui.classroom.conftest import folder
from tests.tui.cli.test_cli import Run, cli
from tui.classroom.places import own_folder
from tui.classroom.publisher import Publisher
from tui.cli.classroom import room_of
from tui.cli.parser import build_parser

__all__ = ["cli", "folder"]


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (["--share", "a/b"], "cannot be the name of a class"),
        (["--share", ""], "cannot be the name of a class"),
        (["--follow", "../x y"], "cannot be the name of a class"),
        (["--follow", "/x"], "cannot be the name of a class"),
        (["--share-with", "staff"], "needs --share NAME"),
        (["--kiosk", "--share", "rnn"], "never shares"),
        (["--share", "a", "--follow", "b"], "leave out --share"),
        (["--share", "a", "--notes", "b"], "leave out --share"),
        (["--follow", "rnn", "--lesson", "3"], "leave out --lesson"),
        (["--follow", "rnn", "--at", "1.1"], "leave out --at"),
        (["--notes", "rnn", "--seed", "3"], "leave out --seed"),
        (["--share", "rnn", "--share-with", "no-such-group"], "there is no group"),
    ],
)
def test_what_cannot_be_asked_for_is_a_sentence(folder: Path, words: list[str], part: str) -> None:
    with pytest.raises(RoommateError, match=part):
        room_of(build_parser().parse_args(words))
    assert list(folder.iterdir()) == [], "and nothing is made"


def test_without_these_options_there_is_no_class(folder: Path) -> None:
    assert room_of(build_parser().parse_args(["--lesson", "3", "--present"])) is None


@pytest.mark.skipif(os.geteuid() != 0, reason="only the superuser may give a socket to any group")
def test_a_group_may_follow_and_nobody_else(folder: Path) -> None:
    room = room_of(build_parser().parse_args(["--share", "rnn", "--share-with", "daemon"]))
    assert room is not None
    assert room.publisher is not None
    path = room.publisher.path
    assert path.stat().st_mode & 0o777 == 0o660
    assert path.parent.stat().st_mode & 0o777 == 0o750
    assert path.stat().st_gid == path.parent.stat().st_gid != os.getegid()
    room.leave()
    assert not path.exists()


def test_those_who_share_are_listed(cli: Run, folder: Path) -> None:
    status, out, err = cli("classes")
    assert (status, out) == (1, "")
    assert "Nobody shares a screen now" in err
    publishers = [Publisher(own_folder(), name, version="1") for name in ("b", "a")]
    try:
        status, out, _err = cli("classes")
        assert status == 0
        assert [line.rpartition("/")[2] for line in out.splitlines()] == ["a", "b"]
        assert own_folder().stat().st_mode & 0o077 == 0
        assert all(publisher.path.stat().st_mode & 0o777 == 0o600 for publisher in publishers)
    finally:
        for publisher in publishers:
            publisher.close()
    assert cli("classes")[0] == 1
