"""Followers get the newest state; none of them can stop, slow or change the lecturer."""

import contextlib
import os
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, SimpleQueue

import pytest

from model.errors import InputError
from tui.classroom import publisher as publishing
from tui.classroom.follower import Arrived, Connected, FollowerLink, Gone, News
from tui.classroom.frames import MAX_BYTES, Frames, Kind, framed
from tui.classroom.places import own_folder
from tui.classroom.publisher import Hands, Publisher, State

PATIENT = 20.0
"""Seconds after which something that must come has not."""


def state(text: str, run: object = None, question: str = "", *, size: int = 0) -> State:
    return State(run, lambda: f"run {run}".encode() + b"." * size, text.encode, question)


@pytest.fixture
def room(folder: Path) -> Iterator[Publisher]:
    publisher = Publisher(own_folder(), "rnn", version="1")
    yield publisher
    publisher.close()


class Listener:
    """A follower that only notes."""

    def __init__(self, version: str = "1") -> None:
        self.news: SimpleQueue[News] = SimpleQueue()
        self.link = FollowerLink("rnn", version, self.news.put)
        self.link.start()

    def wait(self, wanted: Callable[[News], bool]) -> News:
        until = time.monotonic() + PATIENT
        while time.monotonic() < until:
            news = self.news.get(timeout=PATIENT)
            if wanted(news):
                return news
        raise AssertionError("it has not come")

    def screen(self, text: str) -> Arrived:
        news = self.wait(lambda news: isinstance(news, Arrived) and news.screen == text.encode())
        assert isinstance(news, Arrived)
        return news


@pytest.fixture
def listener() -> Iterator[Listener]:
    one = Listener()
    yield one
    one.link.close()


def raw(room: Publisher) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(PATIENT)
    try:
        connection.connect(os.fspath(room.path))
    except OSError:
        connection.close()
        raise
    return connection


def eventually(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENT
    while not holds():
        assert time.monotonic() < until, "it does not become true"
        time.sleep(0.005)


def test_a_follower_gets_what_is_shown_now_and_everything_newest_after(room: Publisher, listener: Listener) -> None:
    room.publish(state("a", run=1))
    assert listener.screen("a").run == b"run 1"
    room.publish(state("b", run=1))
    assert listener.screen("b").run is None, "a run that has not changed is sent once"
    room.publish(state("c", run=2))
    assert listener.screen("c").run == b"run 2"
    late = Listener()
    assert late.screen("c").run == b"run 2"
    late.link.close()


def test_a_class_that_comes_later_or_again_is_followed(folder: Path, listener: Listener) -> None:
    listener.wait(lambda news: isinstance(news, Gone) and not news.over)
    for text in ("first", "second"):
        publisher = Publisher(own_folder(), "rnn", version="1")
        publisher.publish(state(text))
        listener.wait(lambda news: isinstance(news, Connected))
        listener.screen(text)
        publisher.close()
        listener.wait(lambda news: isinstance(news, Gone) and news.over)
    with pytest.raises(Empty):  # it is over: that nobody shares it need not be said as well
        listener.news.get(timeout=1)


def test_a_name_is_shared_once(room: Publisher) -> None:
    with pytest.raises(InputError, match="sharing a class rnn already"):
        Publisher(own_folder(), "rnn", version="1")


def test_what_a_crash_has_left_is_taken_over(folder: Path) -> None:
    own_folder().mkdir(mode=0o700)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as left:
        left.bind(os.fspath(own_folder() / "rnn.socket"))
    Publisher(own_folder(), "rnn", version="1").close()
    assert not (own_folder() / "rnn.socket").exists()


def test_another_version_is_told_and_not_followed(room: Publisher) -> None:
    other = Listener(version="2")
    news = other.wait(lambda news: isinstance(news, Gone))
    assert isinstance(news, Gone)
    assert "version 1" in news.sentence
    assert "version 2" in news.sentence
    other.link.close()


def test_answers_are_counted_once_for_each_follower_and_can_be_changed(room: Publisher, listener: Listener) -> None:
    told: SimpleQueue[Hands] = SimpleQueue()
    room.answered = told.put
    room.publish(state("page", question="1.2"))
    listener.screen("page")

    def counted(*answers: tuple[str, int]) -> None:
        until = time.monotonic() + PATIENT
        while time.monotonic() < until:
            if told.get(timeout=PATIENT) == Hands("1.2", answers, 1):
                return
        raise AssertionError("it is not counted")

    listener.link.answer("1.2", "burger")
    counted(("burger", 1))
    listener.link.answer("1.2", "pasta")
    counted(("pasta", 1))
    listener.link.answer("9.9", "to another question")
    listener.link.answer("1.2", "salad" * 100)
    counted(("salad" * 12 + "sala", 1))
    room.publish(state("uncovered"))
    eventually(lambda: not told.empty() and told.get() == Hands("", (), 1))


HOSTILE = [
    b"GET / HTTP/1.1\r\n\r\n" * 100,
    b"\0" * 10_000,
    os.urandom(5000),
    framed(Kind.ANSWER, b"no end of the question"),
    framed(Kind.ANSWER, b"\xff\0\xff"),
    framed(Kind.SCREEN, b"x"),
    b"\x10\xff\xff\xff\xff",
]


@pytest.mark.parametrize("data", HOSTILE, ids=range(len(HOSTILE)))
def test_who_sends_anything_but_an_answer_is_dropped_and_nobody_else_notices(
    room: Publisher, listener: Listener, data: bytes
) -> None:
    room.publish(state("before", question="q"))
    listener.screen("before")
    with raw(room) as hostile:
        with contextlib.suppress(OSError):
            hostile.sendall(data)
        with contextlib.suppress(OSError):
            while hostile.recv(1 << 16):
                pass
    room.publish(state("after", question="q"))
    listener.screen("after")
    eventually(lambda: room.followers == 1)


def test_who_never_reads_is_dropped_and_costs_one_frame(
    room: Publisher, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publishing, "PATIENCE", 0.2)
    room.publish(state("start", run=0))
    listener.screen("start")
    stuck = [raw(room) for _index in range(5)]
    eventually(lambda: room.followers == 6)
    for number in range(1, 30):
        room.publish(state(f"state {number}", run=number, size=300_000))
        listener.screen(f"state {number}")
    eventually(lambda: room.followers == 1)
    for one in stuck:
        one.close()


def test_a_thousand_connections_leave_the_first_followers_alone(room: Publisher, listener: Listener) -> None:
    room.publish(state("a"))
    listener.screen("a")
    crowd: list[socket.socket] = []

    def crowded() -> bool:
        with contextlib.suppress(BlockingIOError):  # the queue of those who knock is full
            while len(crowd) < 600:
                crowd.append(raw(room))
        return len(crowd) == 600

    eventually(crowded)
    eventually(lambda: room.followers == publishing.MAX_FOLLOWERS)
    frames, last = Frames(), crowd[-1]
    kinds: list[int] = []
    with contextlib.suppress(OSError):
        while data := last.recv(4096):
            kinds += [kind for kind, _payload in frames.feed(data)]
    assert kinds == [Kind.HELLO, Kind.FULL]
    room.publish(state("b"))
    listener.screen("b")
    for one in crowd:
        one.close()
    eventually(lambda: room.followers == 1)


def test_what_is_too_large_for_followers_is_told_to_the_lecturer_and_not_sent(
    room: Publisher, listener: Listener, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: SimpleQueue[Hands] = SimpleQueue()
    room.answered = told.put
    room.publish(state("small", run=1))
    listener.screen("small")
    monkeypatch.setattr(publishing, "MAX_BYTES", 1000)
    room.publish(state("large", run=2, size=2000))
    eventually(lambda: not told.empty() and "too large for the class" in told.get().trouble)
    room.publish(state("small again", run=1))
    assert listener.screen("small again").run is None
    eventually(lambda: not told.empty() and not told.get().trouble)


def hostile_publisher(path: Path, data: bytes) -> socket.socket:
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind(os.fspath(path))
    listener.listen()
    return listener


@pytest.mark.parametrize(
    "data",
    [
        b"\0" * 50,
        framed(Kind.HELLO, b"[]"),
        framed(Kind.HELLO, b'{"protocol": 1, "program": "\x1b[2J"}'),
        framed(Kind.HELLO, b'{"protocol": 1, "program": "1"}') + b"\x03\xff\xff\xff\xff",
        framed(Kind.HELLO, b"[" * 100_000),
    ],
    ids=range(5),
)
def test_a_hostile_publisher_is_a_sentence_and_never_much_memory(folder: Path, data: bytes) -> None:
    own_folder().mkdir(mode=0o700)
    with hostile_publisher(own_folder() / "rnn.socket", data) as server:
        follower = Listener()
        connection, _address = server.accept()
        with connection:
            connection.sendall(data)
            news = follower.wait(lambda news: isinstance(news, Gone))
        assert isinstance(news, Gone)
        assert "\x1b" not in news.sentence
        follower.link.close()
    assert MAX_BYTES < 2**26


def test_frames_come_out_whole_however_they_are_cut() -> None:
    sent = [(1, b""), (3, b"abc"), (2, bytes(1000)), (16, b"q\0a")]
    data = b"".join(framed(Kind(kind), payload) for kind, payload in sent)
    for piece in (1, 2, 3, 7, 100, len(data)):
        frames = Frames()
        found = [one for at in range(0, len(data), piece) for one in frames.feed(data[at : at + piece])]
        assert found == sent
