"""Commands about files, roommates and other weights."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from model.analysis.automaton import extract
from model.analysis.rollout import roll_out_to_end
from model.errors import FileError, InputError
from model.network.network import Network
from model.network.schedule import Feedback
from model.roommate.editing import What, enlarged, rename, with_case
from model.roommate.naming import MAX_DISHES, MAX_WEATHERS, typed_name
from model.roommate.parsing import find, listed, parse_dish, suggestion
from model.roommate.roommate import Roommate
from model.roommate.scenario import Scenario
from model.simulation.lessons import TRAINING_LESSON, lesson_of
from model.storage.atomic import would_replace
from model.storage.files import typed_path
from model.storage.scenarios import SCENARIO_ENDINGS, find_scenario, save_scenario, scenario_path, shipped, to_toml
from model.storage.weights import load_weights
from tui.plain.steps import Lines, Words
from tui.plain.walker import Walker, number
from tui.plain.week import rule
from tui.plain.weights import comparison, rule_of_weights
from tui.session.actions import cooking, loaded, name_for, to_compare, write_automaton, write_walk
from tui.session.permalink import UNSAVED

OVERWRITE = ("overwrite", "!")
"""The last word of a command that may write over a file."""


class FileCommands(Walker):
    """Saving, loading, and who cooks."""

    def save(self, rest: Words) -> Lines:
        """Write the weights, the history (.csv) or the roommate's rule (.toml)."""
        situation = self.simulation.situation
        if not rest:
            also = " or the history (.csv)" if situation.trains else ""
            raise InputError(
                f"Which file? Such as 'save {name_for(situation)}' for the weights (.json, .npz){also}, "
                "or 'save mine.toml' for the roommate's rule."
            )
        path, over = self._path(rest)
        if path.suffix.casefold() in SCENARIO_ENDINGS:
            scenario = Scenario(situation.roommate, situation.start, situation.week)
            self._write(path, over, lambda: save_scenario(path, scenario, overwrite=over))
            if situation.scenario == UNSAVED:
                self.walk(self.simulation.in_situation(replace(situation, scenario=str(path))))
        else:
            self._write(path, over, lambda: write_walk(path, situation, overwrite=over))
        return [f"Saved {path}."]

    def _path(self, rest: Words) -> tuple[Path, bool]:
        over = len(rest) > 1 and rest[-1] in OVERWRITE
        return self._file(rest[:-1] if over else rest), over

    def _file(self, rest: Words) -> Path:
        """The file that words name; every command that touches a file asks here."""
        return typed_path(" ".join(rest))

    def _write(self, path: Path, over: bool, write: Callable[[], None]) -> None:
        if would_replace(path) and not over:
            raise FileError(f"{path} is there already; the word overwrite after the name replaces it.")
        write()

    def load(self, rest: Words) -> Lines:
        """Weights from a file, in the lesson of their network."""
        if not rest:
            raise InputError("Which file? Such as 'load weights.json'.")
        path = self._file(rest)
        self.change(loaded(self.simulation, path, load_weights(path)))
        lesson = self.simulation.situation.lesson
        return [f"Lesson {lesson} shows the weights of the file; H puts the hand-set ones back."]

    # Other weights

    def compare(self, rest: Words) -> Lines:
        """The weights beside others."""
        situation = self.simulation.situation
        words, matrix = list(rest), ""
        names = situation.network.matrices
        if words and words[-1].casefold() in names:
            matrix = words.pop().casefold()
        if words:
            others = [self._other(words)]
        else:
            others = [Network.by_hand(situation.roommate, situation.cell), *self._learned()]
            others = [other for other in others if other.origin != situation.network.origin] or others
        return comparison(situation, others[0], self.glyphs, matrix)

    def _learned(self) -> list[Network]:
        """What lesson 4 has learned, or its first weights where one is there."""
        situation = self.simulation.situation
        if situation.trains:
            own = situation.own.get(lesson_of(situation.cell))
            return [own] if own is not None else [self.run.moment(0).network]
        moment = situation.learning
        return [moment.network] if moment is not None and moment.network.cell is situation.cell else []

    def _other(self, words: list[str]) -> Network:
        situation = self.simulation.situation
        word = words[0].casefold()
        if word == "hand":
            return Network.by_hand(situation.roommate, situation.cell)
        if word == "first":
            return self.run.moment(0).network
        if word == "update":
            text = words[1] if len(words) > 1 else ""
            return self.run.moment(number(text, 0, self.run.update, "update of this run")).network
        if word == "learned":
            learned = self._learned()
            if not learned:
                raise InputError("Nothing is learned yet that could be compared: lesson 4 does that.")
            return learned[0]
        path = self._file(words)
        return to_compare(situation, path, load_weights(path))

    def extract(self, rest: Words) -> Lines:
        """The rule that the weights follow; a file where one is named."""
        situation, words, feedback = self.simulation.situation, list(rest), None
        if words and words[0].casefold() in {"soft", "hard"}:
            feedback = Feedback(words.pop(0).casefold())
        automaton = extract(situation.network, situation.roommate)
        outcome = roll_out_to_end(automaton, feedback)
        if not words:
            return rule_of_weights(automaton, outcome, self.glyphs)
        path, over = self._path(words)
        self._write(path, over, lambda: write_automaton(path, automaton, outcome, overwrite=over))
        return [f"Saved {path}."]

    # Roommates

    def scenario(self, rest: Words) -> Lines:
        """Who cooks."""
        if not rest:
            here = self.simulation.situation.roommate
            return [f"The {here.name} cooks. 'roommate NAME' opens {listed(shipped(), 'or')}, or a file."]
        name = " ".join(rest)
        path = scenario_path(name)
        self._show_roommate(find_scenario(name), str(path or name.casefold()))
        return []

    def _show_roommate(self, scenario: Scenario, name: str) -> None:
        lesson = self.simulation.situation.lesson
        self.change(cooking(self.simulation, scenario, name))
        if lesson == TRAINING_LESSON:
            self.walk(self.runs.opened(self.simulation))

    def edit_rule(self, rest: Words) -> Lines:
        """The roommate's rule, or another dish in one of its cases."""
        roommate = self._without_memory()
        if not rest:
            example = f"{roommate.weathers[0]} {roommate.dishes[0]} {roommate.dishes[-1]}"
            return [*rule(self.simulation, self.glyphs), f"'edit rule {example}' changes the first case."]
        if len(rest) != 3:
            raise InputError("Say the weather, yesterday's dish and today's; names with spaces in double quotes.")
        weather = find(rest[0], roommate.weathers)
        if weather is None:
            near = suggestion(rest[0], roommate.weathers)
            raise InputError(f"{rest[0][:24]!r} is not a weather: there are {listed(roommate.weathers)}.{near}")
        self._cook_by(with_case(roommate, weather, parse_dish(rest[1], roommate), parse_dish(rest[2], roommate)))
        return []

    def rename(self, rest: Words) -> Lines:
        """Another name for a dish, a weather, or the roommate."""
        roommate = self._without_memory()
        if len(rest) != 2:
            raise InputError("Say the name and the new one; names with spaces in double quotes.")
        for what in ("dishes", "weathers"):
            at = find(rest[0], getattr(roommate, what))
            if at is not None:
                self._cook_by(rename(roommate, what, at, rest[1]))
                return [f"{rest[1]} it is."]
        if rest[0].casefold() not in {"roommate", roommate.name.casefold()}:
            raise InputError(f"{rest[0][:24]!r} is no dish and no weather of the {roommate.name}.")
        self._cook_by(replace(roommate, name=typed_name(rest[1], (), commas=True)))
        return []

    def add_dish(self, rest: Words) -> Lines:
        """A dish more."""
        return self._add("dishes", rest, MAX_DISHES, "dish")

    def add_weather(self, rest: Words) -> Lines:
        """A weather more."""
        return self._add("weathers", rest, MAX_WEATHERS, "weather")

    def _add(self, what: What, rest: Words, most: int, one: str) -> Lines:
        roommate = self._without_memory()
        if not rest:
            raise InputError(f"What is the new {one} called?")
        if len(getattr(roommate, what)) >= most:
            raise InputError(f"There is no room for another {one}.")
        self._cook_by(enlarged(roommate, what, " ".join(rest)))
        return [f"{' '.join(rest)} is a {one} now."]

    def _without_memory(self) -> Roommate:
        roommate = self.simulation.situation.roommate
        if roommate.memory is not None:
            raise InputError(
                "Hidden states are edited in the scenario's file: 'roommate-tui scenario new' prints a template."
            )
        return roommate

    def _cook_by(self, roommate: Roommate) -> None:
        """Cook by a rule that was made here, if it can be written down."""
        situation = self.simulation.situation
        scenario = Scenario(roommate, situation.start, situation.week)
        to_toml(scenario)
        self._show_roommate(scenario, UNSAVED)
