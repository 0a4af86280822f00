"""Commands on the screen: the keys that are bound to them, and the page or question that follows each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.binding import Binding, BindingType

from model.analysis.automaton import Automaton
from model.language import _
from model.network.names import TRAINABLE
from model.network.network import Network
from model.network.schedule import Feedback
from model.roommate.parsing import listed
from model.roommate.roommate import Roommate
from model.roommate.scenario import Scenario
from model.storage.diaries import DIARY_ENDINGS
from model.storage.scenarios import SCENARIO_ENDINGS, shipped
from model.training.config import TrainingConfig
from model.training.run import TrainingRun
from tui.screens.copying import ask_what_to_copy
from tui.screens.file_dialogs import WEIGHTS_END_IN, ask_which_file, save_as
from tui.screens.layout import another
from tui.screens.saved_runs import offer
from tui.screens.stage import Stage
from tui.session.commands.command import Command
from tui.session.commands.files import load, name_for, save_weights_of
from tui.session.commands.roommates import edit_rule, open_roommate, show_roommate
from tui.session.commands.shared import SCREEN_COMMANDS
from tui.session.commands.training import ask_update
from tui.session.permalink import UNSAVED
from tui.session.reply import Then

if TYPE_CHECKING:
    from model.sweep.grid import Grid

# Pages are loaded when they are opened: few of them are needed to show the walk.


def binding_of(command: Command) -> Binding:
    """A command as a key binding."""
    return Binding(
        ",".join(command.keys),
        f"do({command.name!r})",
        command.label,
        show=False,
        priority=command.keys[0] == "tab",  # otherwise Textual moves the focus with it
        id=command.name,
    )


BINDINGS: list[BindingType] = [binding_of(command) for command in SCREEN_COMMANDS]
"""The bindings of all commands."""


def _show_help(stage: Stage, *_words: str) -> None:
    from tui.screens.help import HelpScreen  # noqa: PLC0415

    situation = stage.simulation.situation
    page = HelpScreen(situation.lesson, situation.roommate, kiosk=stage.session.kiosk, shown=stage.on_screen())
    stage.app.push_screen(page)


def _show_course(stage: Stage) -> None:
    from tui.screens.course import show_course  # noqa: PLC0415

    show_course(stage)


def _show_class_page(stage: Stage, there: bool, _turned: bool) -> None:
    from tui.screens.class_page import show_class_page  # noqa: PLC0415

    show_class_page(stage, there=there)


def _play(stage: Stage) -> None:
    if stage.player.playing:
        stage.player.stop()
    else:
        stage.player.start()


def _change_pace(stage: Stage, by: int) -> None:
    """For training in the lesson that trains, otherwise for play."""
    session, player = stage.session, stage.player
    if session.simulation.situation.trains and not player.playing:
        session.set_controls(pace=session.controls.pace_after(by))
        return
    player.change_speed(by)
    stage.say(_("Play: {speed:g} steps a second").format(speed=player.speed))


def _next_view(stage: Stage, by: int) -> None:
    there = another(stage.room, by)
    stage.watching = False  # what was asked for is shown, whatever it is
    stage.view = there


def _ask_activation(stage: Stage, why: str, command: Command) -> None:
    from tui.screens.questions import ChooseScreen  # noqa: PLC0415

    question = _("Which non-linearity?")
    if why:
        names = listed(TRAINABLE, "or").capitalize()
        question = _("{why} {names} can take its place:").format(why=why, names=names)
    now = stage.simulation.situation.network.activation.name
    stage.app.push_screen(
        ChooseScreen(question, TRAINABLE, now), lambda name: None if name is None else stage.do(command, name)
    )


def _edit_weights(stage: Stage, matrix: str, _whole: bool) -> None:
    from tui.screens.weight_editor import EditScreen  # noqa: PLC0415

    stage.app.push_screen(EditScreen(stage.session, matrix))


def _compare(stage: Stage, other: Network, _matrix: str) -> None:
    from tui.screens.comparison import CompareScreen  # noqa: PLC0415

    stage.app.push_screen(CompareScreen(stage.session, other))


def _extract(stage: Stage, automaton: Automaton, _feedback: Feedback | None) -> None:
    from tui.screens.extraction import ExtractScreen  # noqa: PLC0415

    stage.app.push_screen(ExtractScreen(automaton, stage.glyphs, kiosk=stage.session.kiosk))


def _train(stage: Stage, run: TrainingRun, until: float) -> None:
    stage.worker.start(run, until)


def _sweep(stage: Stage, grid: Grid | None) -> None:
    from tui.screens.sweep import show_sweep  # noqa: PLC0415

    show_sweep(stage, grid)


def _change_settings(stage: Stage) -> None:
    from tui.screens.training_settings import SettingsScreen  # noqa: PLC0415

    situation = stage.simulation.situation

    def chosen(config: TrainingConfig | None) -> None:
        if config is not None:
            stage.attempt(lambda: stage.session.configure(config))

    stage.app.push_screen(SettingsScreen(situation.config, situation.setting_names), chosen)


def _ask_update(stage: Stage) -> None:
    from tui.screens.questions import AskScreen  # noqa: PLC0415

    latest = stage.session.moment.latest

    def check(text: str) -> str:
        number = int(text) if text.strip().isdecimal() and len(text) < 9 else -1
        return "" if 0 <= number <= latest else _("a number from 0 to {latest}").format(latest=latest)

    question = _("Go to which update? 0 to {latest:,}").format(latest=latest)
    stage.app.push_screen(
        AskScreen(question, "", check), lambda number: None if number is None else stage.do(ask_update, number)
    )


def _ask_save(stage: Stage) -> None:
    situation = stage.simulation.situation  # what is named now is saved, however far training comes meanwhile
    question = _("Save the weights of this lesson (.json, .npz) as")
    if situation.trains:
        question = _("Save the weights (.json, .npz) or the history (.csv) as")

    def write(path: Path, over: bool) -> None:
        save_weights_of(stage.session, situation, path, overwrite=over)

    save_as(stage, question, name_for(situation), write)


def _ask_load(stage: Stage) -> None:
    def take(path: Path) -> None:
        stage.take(load(stage.session, str(path)))

    ask_which_file(stage, _("Load weights from which file?"), WEIGHTS_END_IN, take)


def _choose_roommate(stage: Stage) -> None:
    from tui.screens.questions import ChooseScreen  # noqa: PLC0415

    from_a_file, edit_this = _("from a file ..."), _("edit this roommate's rule ...")

    def chosen(word: str | None) -> None:
        if word == from_a_file:
            endings = (*SCENARIO_ENDINGS, *DIARY_ENDINGS)
            ask_which_file(stage, _("Open which scenario (.toml) or diary (.csv)?"), endings, take)
        elif word == edit_this:
            stage.do(edit_rule)
        elif word is not None:
            stage.do(open_roommate, word)

    def take(path: Path) -> None:
        stage.take(open_roommate(stage.session, str(path)))

    words = (*shipped(), *([] if stage.session.kiosk else [from_a_file]), edit_this)
    here = stage.simulation.situation.scenario or "lecture"
    stage.app.push_screen(ChooseScreen(_("Which roommate?"), words, here), chosen)


def _edit_rule(stage: Stage) -> None:
    from tui.screens.rule_editor import RuleScreen  # noqa: PLC0415

    situation = stage.simulation.situation
    scenario = Scenario(situation.roommate, situation.start, situation.week)

    def edited(answer: tuple[Roommate, str] | None) -> None:
        if answer is not None and answer[0] != situation.roommate:
            roommate, file = answer
            changed = replace(scenario, roommate=roommate)
            stage.attempt(lambda: show_roommate(stage.session, changed, file or UNSAVED))

    stage.app.push_screen(RuleScreen(scenario, stage.glyphs, kiosk=stage.session.kiosk), edited)


def _show_opening(stage: Stage) -> None:
    from tui.screens.opening import OpeningScreen  # noqa: PLC0415

    stage.player.stop()
    stage.app.push_screen(OpeningScreen(stage.glyphs, lambda: stage, back=True))


def _is_in_sight(_stage: Stage) -> None:
    """Do nothing: a panel shows the result already."""


FOLLOW_UPS: dict[Then, Callable[..., Any]] = {
    Then.ACTIVATION: _ask_activation,
    Then.COMPARE: _compare,
    Then.COPY: lambda stage, _kind: ask_what_to_copy(stage, stage.session),
    Then.COURSE: _show_course,
    Then.FOLLOWED_PAGE: _show_class_page,
    Then.EDIT_WEIGHTS: _edit_weights,
    Then.ENTRY: _is_in_sight,
    Then.EXTRACT: _extract,
    Then.GUESS: lambda stage: stage.guess(),
    Then.HELP: _show_help,
    Then.LOAD: _ask_load,
    Then.NEXT_VIEW: _next_view,
    Then.OFFER: lambda stage, *_hints: offer(stage),
    Then.OPENING: _show_opening,
    Then.PACE: _change_pace,
    Then.PALETTE: lambda stage: stage.app.action_command_palette(),
    Then.PLAY: _play,
    Then.REPAINT: lambda stage: stage.app.action_repaint(),
    Then.ROOMMATE: _choose_roommate,
    Then.RULE: _edit_rule,
    Then.SAVE: _ask_save,
    Then.SETTINGS: _change_settings,
    Then.SWEEP: _sweep,
    Then.TRAIN: _train,
    Then.UPDATE: _ask_update,
    Then.WEEK: _is_in_sight,
}
"""What the screen does after a command."""
