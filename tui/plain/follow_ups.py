"""What ``--plain`` prints after a command for which the screen opens a page or asks a question."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

from model.analysis.automaton import Automaton
from model.analysis.rollout import roll_out_to_end
from model.errors import InputError
from model.export.formats import STEP_EXPORTERS
from model.language import _
from model.network.names import TRAINABLE
from model.network.network import Network
from model.network.schedule import Feedback
from model.roommate.parsing import find, listed, suggestion
from model.roommate.titles import roommate_title
from model.storage.scenarios import shipped
from model.storage.weights import weights_json
from tui.plain import grammar
from tui.plain.command_line import command_lines
from tui.plain.glyphs import Verbatim
from tui.plain.opening import opening
from tui.plain.session import LineSession
from tui.plain.step import matrix as lines_of_matrix
from tui.plain.step import spelled
from tui.plain.training import settings
from tui.plain.training_lines import train
from tui.plain.week import rule, week
from tui.plain.weights import comparison, rule_of_weights
from tui.session.commands.command import GROUPS, Command
from tui.session.commands.files import name_for, weights_of
from tui.session.commands.shared import COMMANDS
from tui.session.commands.weights import matrix_operand
from tui.session.course import course_of
from tui.session.course_text import page_lines
from tui.session.reply import Reply, Then
from tui.text.examples import explained, words_with
from tui.text.manual import TOPICS, plain, source
from tui.text.on_screen import letters, numbers

if TYPE_CHECKING:
    from model.sweep.grid import Grid

Lines = Iterable[str]


def lines_of(session: LineSession, reply: Reply) -> Iterator[str]:
    """The lines of a reply, and of what follows it."""
    further = () if reply.then is None else FOLLOW_UPS[reply.then](session, *reply.about)
    return chain(reply.lines, reply.for_lines, further)


def _activation(session: LineSession, why: str, command: Command) -> Lines:
    names = listed(TRAINABLE, "or")
    if why:
        sentence = _("{why} {names} can take its place: such as '{command} {name}'.")
        sentence = sentence.format(why=why, names=names.capitalize(), command=command.words, name=TRAINABLE[0])
        raise InputError(sentence)
    now = session.simulation.situation.network.activation.name
    return [_("The non-linearity is {now}; {names} can take its place.").format(now=now, names=names)]


def _compare(session: LineSession, other: Network, matrix: str) -> Lines:
    return comparison(session.simulation.situation, other, session.spoken, matrix)


def _copy(session: LineSession, kind: str) -> Lines:
    """What the screen copies, written out: the command, the step in a format, or the weights."""
    kind, simulation = kind.casefold() or "command", session.simulation
    if kind == "command":
        return command_lines(session)
    if kind == "weights":
        return map(Verbatim, weights_json(weights_of(simulation.situation)).splitlines())
    if kind not in STEP_EXPORTERS:
        known = ("command", *STEP_EXPORTERS, "weights")
        sentence = _("{text!r} cannot be copied: there are {names}.{near}")
        raise InputError(sentence.format(text=kind[:24], names=listed(known), near=suggestion(kind, known)))
    if simulation.asked:
        raise InputError(_("This step is asked for: 'answer ANSWER' answers, 'show me' shows it."))
    return map(Verbatim, STEP_EXPORTERS[kind](simulation.step + 1, simulation.current_step).splitlines())


def _course(session: LineSession) -> Lines:
    """The page that is open; the step that it is about is not told, for it may have the answer."""
    walk = course_of(session)
    if walk.covered(session):
        session.mark_as_told()
    return page_lines(walk, session)


def _class_page(session: LineSession, there: bool, turned: bool) -> Lines:
    """The page that the class is at, with its answer as soon as that is shown."""
    walk, following = session.course, session.following
    if not there or walk is None or walk.page is None or following is None:
        return
    if told := following.judged(session):
        yield from told
    elif turned:
        yield from page_lines(walk, session, typed=False)
    if walk.hands and not walk.answered:
        yield _("The class is asked: 'answer ANSWER' answers.")
    if not walk.answered:
        session.mark_as_told()


def _edit_weights(session: LineSession, name: str, whole: bool) -> Lines:
    situation = session.simulation.situation
    operand = matrix_operand(situation, name)
    yield from lines_of_matrix(operand, session.spoken, whole=whole)
    if name in situation.config.frozen:
        yield _("It is frozen: training leaves it as it is.")
    column = min(2, operand.value.shape[1])
    sentence = _("'set {matrix} 1 {column} 0.5' makes the entry in row 1, column {column} a half.")
    sentences = [sentence.format(matrix=name.capitalize(), column=column)]
    others = [other.capitalize() for other in situation.network.matrices if other != name]
    if others:
        sentences.append(_("'edit {matrix}' tells another matrix.").format(matrix=others[0]))
    if situation.trains:
        sentences.append(_("'take {matrix} hand' puts its hand-set numbers in.").format(matrix=name.capitalize()))
    yield " ".join(sentences)


def _entry(session: LineSession) -> Lines:
    return [spelled(session.simulation.current_step, session.simulation.current_entry, session.spoken)]


def _extract(session: LineSession, automaton: Automaton, feedback: Feedback | None) -> Lines:
    return rule_of_weights(automaton, roll_out_to_end(automaton, feedback), session.spoken)


def _help(session: LineSession, *words: str) -> Lines:
    """The commands by group, one of them, the words of the subject, what is here, or a page of the manual."""
    simulation, glyphs = session.simulation, session.spoken
    if words and words[0].casefold() == "words":
        found = words_with(" ".join(words[1:]))
        return [f"{word}: {explained(word, meaning, simulation, glyphs)}" for word, meaning in found.items()]
    if words and words[0].casefold() == "here":
        told = [f"{letter}: {meaning}." for letter, _style, meaning in letters((), simulation, glyphs)]
        return [*told, *numbers(simulation)]
    return _help_on(list(words)) if words else _all_commands()


def _all_commands() -> Lines:
    yield _("One command a line: a key, or words, of which the beginning will do. '5 n' takes five steps.")
    for group in GROUPS:
        yield from ("", f"{_(group)}:")
        yield from (grammar.described(command) for command in grammar.LINE_COMMANDS if command.group == group)
    yield from ("", _("On the screen alone:"))
    for command in COMMANDS:
        if command.screen_only:
            sentence = _("{keys}, {label}: {reason}.")
            yield sentence.format(keys=command.key_display, label=_(command.label), reason=_(command.screen_only))
    yield from ("", _("'help words' explains the words of the subject, 'help here' the letters of the step."))
    sentence = _("Pages of the manual: {names}, such as 'help {name}'.")
    yield sentence.format(names=listed(list(TOPICS)), name=next(iter(TOPICS)))


def _help_on(words: list[str]) -> Lines:
    """A command, or a page of the manual; where a word begins both, the command."""
    topic = words[0].casefold()
    if topic not in TOPICS:
        try:
            return [grammar.described(grammar.find(words)[0])]
        except InputError:
            index = find(topic, list(TOPICS))
            if index is None:
                raise
            topic = list(TOPICS)[index]
    return [Verbatim(line.rstrip("\n")) for line in plain(source(topic))]


def _load(_session: LineSession) -> Lines:
    raise InputError(_("Which file? Such as 'load weights.json'."))


def _offer(session: LineSession, *hints: str) -> Lines:
    yield from session.news()
    yield from session.offer_sentences()
    yield from hints


def _play(session: LineSession) -> Lines:
    """All steps from here to the end, or from the beginning where this is the end."""
    if session.simulation.at_end:
        session.walk(session.simulation.first())
        yield from session.news()
    while not (session.stop.is_set() or session.simulation.at_end or session.simulation.asked):
        session.walk(session.simulation.next_step())
        yield from session.news()


def _roommate(session: LineSession) -> Lines:
    sentence = _("The {name} cooks. 'roommate NAME' opens {names}, or a file.")
    return [
        sentence.format(
            name=roommate_title(session.simulation.situation.roommate.name), names=listed(shipped(), "or")
        )
    ]


def _rule(session: LineSession) -> Lines:
    roommate = session.simulation.situation.roommate
    example = f"{roommate.weathers[0]} {roommate.dishes[0]} {roommate.dishes[-1]}"
    sentence = _("'edit rule {example}' changes the first case.")
    return [*rule(session.simulation, session.spoken), sentence.format(example=example)]


def _save(session: LineSession) -> Lines:
    situation = session.simulation.situation
    if situation.trains:
        sentence = _(
            "Which file? Such as 'save {name}' for the weights (.json, .npz) or the history (.csv), "
            "or 'save mine.toml' for the roommate's rule."
        )
    else:
        sentence = _(
            "Which file? Such as 'save {name}' for the weights (.json, .npz), "
            "or 'save mine.toml' for the roommate's rule."
        )
    raise InputError(sentence.format(name=name_for(situation)))


def _sweep(session: LineSession, grid: Grid | None) -> Lines:
    from tui.plain.sweep import sweep  # noqa: PLC0415 - few people sweep, and all wait for the start

    return sweep(session, grid)


def _update(session: LineSession) -> Lines:
    latest = session.moment.latest
    sentence = _("Which update? 0 to {latest:,}, such as 'update {example}'.")
    raise InputError(sentence.format(latest=latest, example=latest))


def _week(session: LineSession) -> Lines:
    return [*session.news(), *week(session.simulation, session.spoken)]


def _screen_alone(_session: LineSession, *_about: object) -> Lines:
    return ()


FOLLOW_UPS: dict[Then, Callable[..., Lines]] = {
    Then.ACTIVATION: _activation,
    Then.COMPARE: _compare,
    Then.COPY: _copy,
    Then.COURSE: _course,
    Then.FOLLOWED_PAGE: _class_page,
    Then.EDIT_WEIGHTS: _edit_weights,
    Then.ENTRY: _entry,
    Then.EXTRACT: _extract,
    Then.GUESS: _screen_alone,
    Then.HELP: _help,
    Then.LOAD: _load,
    Then.NEXT_VIEW: _screen_alone,
    Then.OFFER: _offer,
    Then.OPENING: opening,
    Then.PACE: _screen_alone,
    Then.PALETTE: _screen_alone,
    Then.PLAY: _play,
    Then.REPAINT: _screen_alone,
    Then.ROOMMATE: _roommate,
    Then.RULE: _rule,
    Then.SAVE: _save,
    Then.SETTINGS: lambda session: settings(session.simulation),
    Then.SWEEP: _sweep,
    Then.TRAIN: train,
    Then.UPDATE: _update,
    Then.WEEK: _week,
}
"""What ``--plain`` does after a command, by the reply's `Then`."""
