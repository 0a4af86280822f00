"""Several people who log in to the kiosk at one time."""

from __future__ import annotations

from pathlib import Path

from tests.end_to_end.logins import Logins, kilobytes, threads
from tests.end_to_end.sshd import has_ended, server

PEOPLE = 5


def test_several_people_log_in_at_once_and_each_has_a_program(tmp_path: Path) -> None:
    with server(tmp_path, ["MaxStartups 100:30:200"]) as sshd, Logins(sshd, PEOPLE) as logins:
        logins.wait_for("begin with lesson 1", 300)
        logins.press("3")
        logins.wait_for("Monday · step 1 of 6", 120)
        programs = logins.programs
        assert len(programs) == PEOPLE
        assert max(kilobytes(pid, "Rss") for pid in programs) < 200_000
        assert max(threads(pid) for pid in programs) < 10
        logins.press("n")
        logins.wait_for("Monday · step 2 of 6", 120)
        logins.press("q")
        assert logins.wait_for_the_end(120) == [0] * PEOPLE
        assert all(has_ended(pid, 30) for pid in programs)
