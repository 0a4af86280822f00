"""What is said where a step is asked before it is shown: the question, and a sentence for each answer."""

from __future__ import annotations

from model.course.step_question import SIGNS, VALUES, StepQuestion, Wanted
from model.language import _
from model.roommate.parsing import listed
from model.roommate.roommate import day_in
from model.steps.step import StepKind
from tui.text.entry import spelling
from tui.text.glyphs import Glyphs


def question_said(question: StepQuestion, glyphs: Glyphs) -> str:
    """The question."""
    step, simulation = question.step, question.simulation
    if question.wanted is Wanted.DISH:
        sentence = _("Which dish does the network choose on {day}?")
        return sentence.format(day=day_in(sentence, simulation.day))
    name = glyphs.describe(step.result, question.entry)
    if question.wanted is Wanted.SIGN:
        return _('Which sign has "{entry}" ({step})?').format(step=step.title, entry=name)
    if not question.allowed:
        return _('Which number is "{entry}" ({step})?').format(step=step.title, entry=name)
    sentence = _('Which number is "{entry}" ({step}), to within {tolerance:g}?')
    return sentence.format(step=step.title, entry=name, tolerance=question.allowed)


def choices_of(question: StepQuestion, glyphs: Glyphs) -> tuple[str, ...]:
    """The answers that can be picked, as they are typed; none for a number."""
    if question.wanted is Wanted.DISH:
        return glyphs.named(question.dishes).labels
    return tuple(_(sign) for sign in SIGNS) if question.wanted is Wanted.SIGN else ()


def truth_said(question: StepQuestion, glyphs: Glyphs) -> tuple[str, ...]:
    """What is said where no answer was given."""
    return (_("It is {truth}.").format(truth=_truth(question, glyphs)),)


def right_said(question: StepQuestion, glyphs: Glyphs) -> tuple[str, ...]:
    """What is said of a right answer."""
    return (_("Right: {truth}.").format(truth=_truth(question, glyphs)),)


def wrong_said(question: StepQuestion, given: float, glyphs: Glyphs) -> tuple[str, ...]:
    """What is said of a wrong answer: what is true, and a sentence for this one."""
    told = _("Not quite: you said {given}, and it is {truth}.")
    why = {Wanted.DISH: _of_dish, Wanted.SIGN: _of_sign, Wanted.ENTRY: _of_entry}[question.wanted]
    said = _answer(question, given, glyphs)
    return told.format(given=said, truth=_truth(question, glyphs)), why(question, given, glyphs)


def _answer(question: StepQuestion, given: float, glyphs: Glyphs) -> str:
    if question.wanted is Wanted.DISH:
        return glyphs.named(question.dishes).labels[int(given)]
    if question.wanted is Wanted.SIGN:
        return _(SIGNS[VALUES.index(int(given))])
    return f"{given:g}"


def _truth(question: StepQuestion, glyphs: Glyphs) -> str:
    if question.wanted is Wanted.ENTRY:
        return question.step.result.format.write(question.value)
    return listed([_answer(question, answer, glyphs) for answer in sorted(question.answers)], "or")


def _worked_out(question: StepQuestion, glyphs: Glyphs) -> str:
    _at, name, formula, value = spelling(question.step, question.entry, glyphs)
    return f"{name}: {formula}{value}."


def _of_dish(question: StepQuestion, given: float, glyphs: Glyphs) -> str:
    simulation, names = question.simulation, glyphs.named(question.dishes).labels
    day, dish = simulation.day, int(given)
    if len(question.answers) > 1:
        return _("Their scores are the same, so it cannot decide.")
    if dish == simulation.situation.expected[day]:
        return _("{dish} would follow the rule, but the network gives {chosen} more.").format(
            dish=names[dish], chosen=names[simulation.dish(day)]
        )
    if simulation.situation.cell.reads_yesterday and dish == simulation.trace.yesterday:
        return _("{dish} was yesterday; the weather asks for another rule today.").format(dish=names[dish])
    return _("The largest score decides, and that is the one of {dish}.").format(dish=names[simulation.dish(day)])


def _of_sign(question: StepQuestion, _given: float, glyphs: Glyphs) -> str:
    if not question.step.result.gradient:
        return _worked_out(question, glyphs)
    (sign,) = question.answers
    if not sign:
        return _("Here this weight makes no difference to the loss.")
    return (
        _("With a larger weight the loss would rise, so the update makes the weight smaller.")
        if sign > 0
        else _("With a larger weight the loss would fall, so the update makes the weight larger.")
    )


def _of_entry(question: StepQuestion, given: float, glyphs: Glyphs) -> str:
    step, entry, worked_out = question.step, question.entry, _worked_out(question, glyphs)
    if given and question.is_right(-given):
        return _("The sign is the other one: {entry}").format(entry=worked_out)
    if step.operation is StepKind.ADD:
        alone = [operand for operand in step.operands if operand.value.flat[entry] == given]
        if len(alone) == 1:
            return _("That is {array} alone: {entry}").format(array=alone[0].title, entry=worked_out)
    other = question.only_entry_with.get(given)
    if other is not None:
        name = glyphs.describe(step.result, other)
        return _('That is the entry "{other}": {entry}').format(other=name, entry=worked_out)
    return worked_out
