"""Files: what was saved comes back exactly; what is damaged is refused with its name and its fault."""

import json
import os
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from model.errors import FileError
from model.export.history import history_csv
from model.network.network import Network
from model.roommate.parsing import listed
from model.roommate.roommate import PERFECT_ROOMMATE, Memory
from model.storage import files
from model.storage import runs as autosave
from model.storage.archive import pack
from model.storage.atomic import write_atomically
from model.storage.runs import Head, head_of, load_run, save_run
from model.storage.weights import SavedWeights, load_weights, save_weights
from model.training.checkpoints import MAX_CHECKPOINTS
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from tests.model.strategies import roommate_from


@pytest.fixture(scope="module")
def run() -> TrainingRun:
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=3))
    run.advance(40)
    return run


def saved(run: TrainingRun) -> SavedWeights:
    moment = run.moment()
    return SavedWeights(PERFECT_ROOMMATE, moment.network, moment.provenance)


@pytest.mark.parametrize("suffix", [".json", ".npz"])
def test_weights_come_back_exactly(run: TrainingRun, suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"weights{suffix}"
    save_weights(path, saved(run))
    back = load_weights(path)
    for name in ("food", "weather", "merge"):
        np.testing.assert_array_equal(back.network.parameters[name], run.moment().network.parameters[name])
    assert (back.config, back.updates, back.roommate) == (run.config, 40, PERFECT_ROOMMATE)
    assert back.network.activation.name == "tanh"
    assert [file.name for file in tmp_path.iterdir()] == [path.name]  # no temporary file is left


def test_a_memory_survives_the_file(tmp_path: Path) -> None:
    memory = Memory(("dry", "wet", "soaked"), (0, 0, 1), ((0, 0, 0), (1, 2, 2)))
    roommate = roommate_from([[0, 0], [0, 0]]).with_memory(memory)
    save_weights(tmp_path / "w.json", SavedWeights(roommate, Network.by_hand(roommate)))
    assert load_weights(tmp_path / "w.json").roommate == roommate


def test_the_json_has_the_promised_schema(run: TrainingRun, tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    save_weights(path, saved(run))
    document = json.loads(path.read_text())
    assert (document["format"], document["version"]) == ("roommate-weights", 1)
    assert np.shape(document["food"]) == (6, 3)
    assert np.shape(document["weather"]) == (6, 2)
    assert np.shape(document["merge"]) == (3, 6)
    assert {"roommate", "activation", "seed", "settings"} <= set(document)


def test_an_ending_says_what_is_written_whatever_its_case(run: TrainingRun, tmp_path: Path) -> None:
    for name, begins in (("W.NPZ", b"PK"), ("w.Json", b"{"), ("w", b"{")):
        save_weights(tmp_path / name, saved(run))
        assert (tmp_path / name).read_bytes().startswith(begins)
        assert load_weights(tmp_path / name).updates == 40
    for name in ("w.csv", "w.json.bak", "w.toml"):
        with pytest.raises(FileError, match=r"should end in \.json or \.npz"):
            save_weights(tmp_path / name, saved(run))
        assert not (tmp_path / name).exists()


def test_hand_set_weights_can_be_saved_too(tmp_path: Path) -> None:
    path = tmp_path / "hand.json"
    save_weights(path, SavedWeights(PERFECT_ROOMMATE, Network.by_hand(PERFECT_ROOMMATE)))
    assert load_weights(path).config is None


def test_files_are_not_overwritten_without_being_asked(run: TrainingRun, tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    path.write_text("mine")
    with pytest.raises(FileError, match="there already and was not overwritten"):
        save_weights(path, saved(run))
    assert path.read_text() == "mine"
    save_weights(path, saved(run), overwrite=True)
    assert load_weights(path).updates == 40


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    write_atomically(path, b"old", overwrite=False)

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FileError, match="No space left on device"):
        write_atomically(path, b"new", overwrite=True)
    assert path.read_bytes() == b"old"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_is_not_there(run: TrainingRun, tmp_path: Path) -> None:
    with pytest.raises(FileError, match="cannot be written: there is no folder"):
        save_weights(tmp_path / "no" / "weights.json", saved(run))


def document(run: TrainingRun, tmp_path: Path) -> dict[str, object]:
    path = tmp_path / "good.json"
    save_weights(path, saved(run), overwrite=True)
    good: dict[str, object] = json.loads(path.read_text())
    return good


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"format": "else"}, '"format" should be "roommate-weights"'),
        ({"version": 2}, "version 2, and this program reads version 1"),
        ({"food": None}, '"food"'),
        ({"food": [[1, 2, 3], [4, 5]]}, 'rows of "food" are not numbers, or not of one length'),
        ({"food": [["x", 2, 3]] * 6}, '"food" should be a list of rows of numbers'),
        ({"food": [[True, 2, 3]] * 6}, '"food" should be a list of rows of numbers'),
        ({"food": [[1, 2, 3]] * 5}, "its matrices do not fit"),
        ({"food": []}, '"food" should be a matrix'),
        ({"merge": [[10**400] * 6] * 3}, '"merge"'),
        ({"activation": 3}, "does not name its non-linearity"),
        ({"activation": "tan"}, "Did you mean tanh"),
        ({"updates": -1}, '"updates" should be a whole number'),
        ({"settings": {"weeks": 0}}, "weeks: 0 must be at least 1"),
        ({"roommate": {"name": "x"}}, '"roommate" is not complete'),
    ],
)
def test_faults_are_named(run: TrainingRun, tmp_path: Path, change: dict[str, object], words: str) -> None:
    path = tmp_path / "bad.json"
    path.write_text(json.dumps({**document(run, tmp_path), **change}))
    with pytest.raises(FileError) as error:
        load_weights(path)
    assert words in str(error.value)
    assert "bad.json" in str(error.value)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "it is empty"),
        (b"{", "not JSON, or cut off"),
        (b"[1]", "its JSON is not an object"),
        (b"\xff\xfe\x00", "neither JSON nor .npz"),
        (b"[" * 100_000, "not JSON"),
        (b"PK\x03\x04 not really a zip file", "damaged .npz file"),
        (b'{"format": "roommate-weights", "version": 1, "food": [[NaN]]}', "not finite in row 1, column 1"),
        (b"1" * 5000, "its JSON is not an object"),
    ],
)
def test_foreign_files_are_refused(tmp_path: Path, data: bytes, words: str) -> None:
    path = tmp_path / "foreign"
    path.write_bytes(data)
    with pytest.raises(FileError) as error:
        load_weights(path)
    assert words in str(error.value)


def test_no_file_a_folder_and_a_huge_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(FileError, match="No such file"):
        load_weights(tmp_path / "none")
    with pytest.raises(FileError, match="is a folder"):
        load_weights(tmp_path)
    monkeypatch.setattr(files, "MAX_BYTES", 100)
    (tmp_path / "huge").write_bytes(b" " * 101)
    with pytest.raises(FileError, match="larger than"):
        load_weights(tmp_path / "huge")


def test_a_zip_bomb_and_a_pickle_are_refused(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.npz"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("food.npy", b"\0" * (files.MAX_BYTES + 1))
    with pytest.raises(FileError, match="unpacked it is larger"):
        load_weights(bomb)
    pickled = tmp_path / "pickled.npz"
    np.savez(pickled, about=np.array([{"format": "roommate-weights"}], dtype=object))
    with pytest.raises(FileError, match='no "about"'):
        load_weights(pickled)


@pytest.mark.parametrize("suffix", [".json", ".npz"])
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.floats(0, 1), flip=st.integers(0, 7))
def test_damaged_files_are_loaded_or_refused_never_worse(
    run: TrainingRun, tmp_path: Path, suffix: str, cut: float, flip: int
) -> None:
    path = tmp_path / f"whole{suffix}"
    save_weights(path, saved(run), overwrite=True)
    data = bytearray(path.read_bytes())
    place = int(cut * (len(data) - 1))
    data[place] ^= 1 << flip
    for damaged in (bytes(data), bytes(data[:place])):
        path.write_bytes(damaged)
        try:
            load_weights(path)
        except FileError as error:
            assert path.name in str(error)


def test_a_run_goes_on_as_if_nothing_had_happened(run: TrainingRun, tmp_path: Path) -> None:
    path = tmp_path / "run.npz"
    save_run(path, run.record())
    back = load_run(path)
    assert back.update == run.update
    ahead = run.rewound(run.update)
    ahead.advance(30)
    back.advance(30)
    np.testing.assert_array_equal(back.moment().losses.numbers, ahead.moment().losses.numbers)
    assert back.moment(17).loss == ahead.moment(17).loss


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.floats(0, 1), flip=st.integers(0, 7))
def test_a_damaged_run_is_refused(run: TrainingRun, tmp_path: Path, cut: float, flip: int) -> None:
    path = tmp_path / "run.npz"
    save_run(path, run.record())
    data = bytearray(path.read_bytes())
    data[int(cut * (len(data) - 1))] ^= 1 << flip
    path.write_bytes(bytes(data))
    try:
        load_run(path)
    except FileError as error:
        assert "run.npz" in str(error)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"stride": 0}, "cannot have been made"),
        ({"configs": []}, "settings do not fit"),
        ({"configs": [[5, {}]]}, "settings do not fit"),
        ({"configs": [[0, {"weeks": 10**400}]]}, "weeks: 10,000"),
        ({"checkpoints": [[update, 10**400] for update in range(41)]}, "cannot have been made"),
        ({"checkpoints": [[update, -1] for update in range(41)]}, "cannot have been made"),
        ({"first": np.zeros((41, 3))}, "differ in shape"),
        ({"weights": np.zeros((1, 48)), "checkpoints": [[0, 0]]}, "ValueError"),
        ({"losses": np.zeros(50), "accuracies": np.zeros(50), "rights": np.zeros(50)}, "do not fit its history"),
        ({"aimed": [[3, [0, 9], 1]]}, "a week that it learned from"),
        ({"aimed": [[3, [], 1]]}, "a week that it learned from"),
        ({"aimed": [[40, [0], 1]]}, "a week that it learned from"),
    ],
)
def test_a_run_that_nobody_saved_is_refused(
    run: TrainingRun, tmp_path: Path, changes: dict[str, object], words: str
) -> None:
    path = tmp_path / "run.npz"
    save_run(path, run.record())
    with np.load(path) as file:
        arrays = {name: file[name] for name in file.files if name != "about"}
        about = json.loads(str(file["about"]))
    for name, value in changes.items():
        (arrays if name in arrays else about)[name] = value
    path.write_bytes(pack(about, arrays))
    with pytest.raises(FileError, match=rf"run\.npz: .*{words}"):
        load_run(path)


def test_a_run_that_is_written_can_be_read_however_large(
    run: TrainingRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both ways have one limit: what is larger is not written at all."""
    path, record = tmp_path / "run.npz", run.record()
    size = len(save_run(path, record))
    assert size == path.stat().st_size
    monkeypatch.setattr(files, "MAX_BYTES", 1)  # that of all other files does not matter
    for most in (size, size - 1):
        monkeypatch.setattr(autosave, "MAX_BYTES", most)
        path.unlink(missing_ok=True)
        if most == size:
            save_run(path, record)
            assert load_run(path).update == run.update
            assert head_of(path) == Head(run.roommate, run.config.seed, run.update)
        else:
            with pytest.raises(FileError, match="are the most"):
                save_run(path, record)
            assert not path.exists()


def test_history_as_csv(run: TrainingRun) -> None:
    lines = history_csv(run.moment()).decode().splitlines()
    assert lines[0] == "update,loss,accuracy,cases_right"
    assert len(lines) == 42
    number, loss, _, right = lines[-1].split(",")
    assert (int(number), float(loss)) == (40, run.moment().loss)
    assert 0 <= int(right) <= 6


def test_edits_and_updates_by_hand_survive_the_automatic_save(tmp_path: Path) -> None:
    run = TrainingRun(PERFECT_ROOMMATE, TrainingConfig(seed=3, stop="updates"))
    run.advance(5)
    run = run.edited(run.moment().network.parameters.flat * 0.5)
    run.advance_on((1, 0, 1), 2)
    run.advance(2 * MAX_CHECKPOINTS)  # thinned, so that most updates must be made again
    save_run(tmp_path / "run.npz", run.record())
    back = load_run(tmp_path / "run.npz")
    for each in (run, back):
        each.advance_on((0, 0), 1)
        each.advance(2 * MAX_CHECKPOINTS)
    for update in (*range(12), run.update - 1, run.update):
        np.testing.assert_array_equal(
            back.moment(update).network.parameters.flat, run.moment(update).network.parameters.flat
        )


def test_sentences_stay_short_and_arrays_are_numbers(tmp_path: Path) -> None:
    good = tmp_path / "w.json"
    save_weights(good, SavedWeights(PERFECT_ROOMMATE, Network.by_hand(PERFECT_ROOMMATE)))
    document = json.loads(good.read_text())
    for name in ("version", "network", "activation"):
        long = tmp_path / f"{name}.json"
        long.write_text(json.dumps({**document, name: "x" * 5000}))
        with pytest.raises(FileError) as refused:
            load_weights(long)
        assert len(str(refused.value)) < 400 + len(str(long))
    changed = dict(document, roommate={**document["roommate"], "dishes": ["pasta", "\x1b[2J", "salad"]})
    good.write_text(json.dumps(changed))
    with pytest.raises(FileError, match="cannot be shown"):
        load_weights(good)
    complex_numbers = tmp_path / "w.npz"
    np.savez(complex_numbers, about=np.array(json.dumps(document)), food=np.array([[1 + 2j]]))
    with pytest.raises(FileError, match='"food" is not an array of numbers'):
        load_weights(complex_numbers)


def test_what_else_is_in_an_archive_does_not_matter(tmp_path: Path) -> None:
    good = tmp_path / "good.npz"
    save_weights(good, SavedWeights(PERFECT_ROOMMATE, Network.by_hand(PERFECT_ROOMMATE)))
    wanted = load_weights(good).network.parameters.flat
    with zipfile.ZipFile(good, "a") as archive:
        archive.writestr("__MACOSX/._food.npy", b"\0\5\x16\7 not an array")
        archive.writestr(".DS_Store", b"Bud1")
        archive.writestr("notes.txt", "made on Monday")
        archive.writestr("x.npy", b"\x80\x04c__builtin__\nprint\n.")
    np.testing.assert_array_equal(load_weights(good).network.parameters.flat, wanted)


@pytest.mark.parametrize("turned", [("food",), ("weather",), ("merge",), ("food", "weather", "merge")])
def test_a_matrix_that_is_transposed_is_called_so(tmp_path: Path, turned: tuple[str, ...]) -> None:
    path = tmp_path / "w.json"
    save_weights(path, SavedWeights(PERFECT_ROOMMATE, Network.by_hand(PERFECT_ROOMMATE)))
    about = json.loads(path.read_text())
    for name in turned:
        about[name] = np.array(about[name]).T.tolist()
    path.write_text(json.dumps(about))
    with pytest.raises(FileError) as refused:
        load_weights(path)
    names = listed([name.capitalize() for name in turned])
    assert f"{names} {'is' if len(turned) == 1 else 'are'} transposed: " in str(refused.value)


def test_a_network_larger_than_any_here_is_told_so(tmp_path: Path) -> None:
    path = tmp_path / "w.npz"
    save_weights(path, SavedWeights(PERFECT_ROOMMATE, Network.by_hand(PERFECT_ROOMMATE)))
    with np.load(path) as file:
        about = json.loads(str(file["about"]))
    large = {"food": np.zeros((1025, 3)), "weather": np.zeros((1025, 2)), "merge": np.zeros((3, 1025))}
    path.write_bytes(pack(about, large))
    with pytest.raises(FileError, match=r"w\.npz: it has 1,025 hidden units, and there can be 1,024"):
        load_weights(path)


def test_no_number_is_written_that_json_cannot_hold(tmp_path: Path) -> None:
    network = Network.by_hand(PERFECT_ROOMMATE)
    food = np.full(network.parameters["food"].shape, np.inf)
    with np.errstate(all="ignore"):
        broken = network.with_parameters(network.parameters.with_matrix("food", food))
    with pytest.raises(FileError, match="not finite"):
        save_weights(tmp_path / "w.json", SavedWeights(PERFECT_ROOMMATE, broken))
    assert not list(tmp_path.iterdir())
