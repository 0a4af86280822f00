"""How training goes, in words: each word of the core has a sentence, and keys stand only where a screen is."""

import pytest

from model.roommate.roommate import PERFECT_ROOMMATE
from model.training.diagnosis import Diagnosis
from model.training.exam import ExamResult
from tui.text.diagnosis import in_words

STRAYS, PASSED = ExamResult(weeks=12, right=9, days=6, stray=2), ExamResult(weeks=12, right=12, days=6, stray=None)
STUCK = [
    Diagnosis("stuck", 2, 6, STRAYS, because=because) for because in ("dead_units", "own_output", "drift", "plateau")
]
OTHERS = [
    Diagnosis("learned", 6, 6, PASSED, learned_at=1200, margin=0.5),
    Diagnosis("limited", 4, 4, learned_at=7, undecided=(1, 0), soft=True),
    Diagnosis("diverging", 0, 6, guessing=1.1),
    Diagnosis("learning", 3, 6, undecided=(1, 0)),
    Diagnosis("learning", 6, 6, PASSED, held=3, hold=50),
    Diagnosis("learned", 4, 4, learned_at=120, margin=0.1, uncertain=True),
]


@pytest.mark.parametrize("diagnosis", [*STUCK, *OTHERS], ids=lambda diagnosis: diagnosis.because or diagnosis.word)
def test_no_key_is_named_where_there_is_no_screen(diagnosis: Diagnosis) -> None:
    plain, keyed = (in_words(diagnosis, PERFECT_ROOMMATE, keys=keys) for keys in (False, True))
    assert not {"(s)", "([)", "(R)"} & set(plain.split())
    keyed = keyed.replace(" (s: feedback hard)", " (feedback hard)")
    for key in (" (s)", " ([)", " (R)", " (t)"):
        keyed = keyed.replace(key, "")
    assert plain == keyed
    assert plain.endswith(".")


def test_each_reason_for_being_stuck_has_advice_of_its_own() -> None:
    sentences = {in_words(diagnosis, PERFECT_ROOMMATE) for diagnosis in STUCK}
    assert len(sentences) == len(STUCK)
    assert all("Stuck at 2 of 6" in sentence for sentence in sentences)


def test_what_dishes_cannot_tell_is_said_with_its_case() -> None:
    limited = in_words(OTHERS[1], PERFECT_ROOMMATE)
    assert limited.startswith("The best rule without a memory is learned since update 7: all 4 cases are right")
    assert "after pasta, when it is rainy, it is now one dish, now another. Soft feedback can hint" in limited
    assert "Soft feedback" not in in_words(OTHERS[3], PERFECT_ROOMMATE)


def test_both_halves_of_learned_are_told() -> None:
    assert "6 cases are right" in in_words(OTHERS[0], PERFECT_ROOMMATE)
    assert "Own output: right for 12 of 12 weeks." in in_words(OTHERS[0], PERFECT_ROOMMATE)
    assert "right for 9 of 12 weeks, strays on day 2." in in_words(STUCK[0], PERFECT_ROOMMATE)
    assert "Both for 3 of 50 updates." in in_words(OTHERS[4], PERFECT_ROOMMATE)


def test_no_rule_is_called_learned_of_a_diary_that_contradicts_itself() -> None:
    certain, uncertain = (
        in_words(Diagnosis("learned", 4, 4, learned_at=9, margin=0.5, uncertain=uncertain), PERFECT_ROOMMATE)
        for uncertain in (False, True)
    )
    assert "The rule is learned" in certain
    assert "The rule is learned" not in uncertain
    assert "contradicts itself" in uncertain
