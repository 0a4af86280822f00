"""Commands that walk and that tell again: the step, the day, the week, the words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from model.errors import InputError
from model.export.formats import STEP_EXPORTERS
from model.roommate.parsing import find, listed, parse_week, suggestion
from model.roommate.roommate import DAY_NAMES
from model.simulation.lessons import LESSONS, TRAINING_LESSON
from model.simulation.situation import UPDATE
from model.storage.weights import weights_json
from tui.plain import grammar as offers
from tui.plain.glyphs import Verbatim
from tui.plain.news import about, narrated, outcome, step_heading, where
from tui.plain.step import product, spelled
from tui.plain.walker import MAX_TYPED, Walker, number
from tui.plain.week import pipeline, rule, week
from tui.session.actions import weights_of
from tui.session.commands import COMMANDS, GROUPS
from tui.session.permalink import UNSAVED, command_for
from tui.text.manual import TOPICS, plain, source
from tui.text.narration import all_words, pages, words

Words = Sequence[str]
Lines = Iterable[str]

RECENT = 20
"""So many lines that were typed are told unless more are asked for."""


class StepCommands(Walker):
    """The walk itself."""

    def next_step(self, _: Words) -> Lines:
        """One step on."""
        if self.simulation.at_end:
            return ["That was the whole walk. g goes back to its beginning."]
        self.walk(self.simulation.next_step())
        return []

    def previous_step(self, _: Words) -> Lines:
        """One step back."""
        before = self.simulation
        self.walk(before.previous_step())
        return ["This is the beginning of the walk."] if self.simulation is before else []

    def go_day(self, rest: Words, by: int) -> Lines:
        """Some days on, or to a day by number or name."""
        simulation = self.simulation
        if not rest:
            self.walk(simulation.go_on(by))
            same = self.simulation.day == simulation.day
            return ["There is no day further that way."] if same else []
        named = find(rest[0], DAY_NAMES[: simulation.days])
        if named is not None:
            day = named
        elif simulation.backward and rest[0].casefold() in {"0", "update"}:
            day = UPDATE
        else:
            day = number(rest[0], 1, simulation.days, "day of the week") - 1
        self.walk(simulation.go_to(day))
        return []

    def go_step(self, rest: Words) -> Lines:
        """To a step of the day by its number."""
        simulation = self.simulation
        if not rest:
            raise InputError("Which step? Such as 'step 3'.")
        self.walk(simulation.go_to(simulation.day, number(rest[0], 1, len(simulation.steps), "step here") - 1))
        return []

    def first(self, _: Words) -> Lines:
        """To the beginning."""
        self.walk(self.simulation.first())
        return []

    def last(self, _: Words) -> Lines:
        """To the end."""
        self.walk(self.simulation.last())
        return []

    def play(self, _: Words) -> Lines:
        """All steps from here to the end, or from the beginning where this is the end."""
        if self.simulation.at_end:
            self.walk(self.simulation.first())
            yield from self.news()
        while not (self.stop.is_set() or self.simulation.at_end):
            self.walk(self.simulation.next_step())
            yield from self.news()

    def reveal(self, _: Words) -> Lines:
        """Show or hide the days to come."""
        self.walk(self.simulation.toggle_reveal())
        return [*self.news(), *week(self.simulation, self.glyphs)]

    def row(self, rest: Words, by: int) -> Lines:
        """Spell out another entry."""
        simulation = self.simulation
        if not rest:
            self.walk(simulation.move_row(by))
            return []
        value = simulation.current_step.result.value
        rows, columns = value.shape if value.ndim == 2 else (value.shape[0], 1)
        row = number(rest[0], 1, rows, "row") - 1
        column = number(rest[1], 1, columns, "column") - 1 if len(rest) > 1 else 0
        entry = row * columns + column
        self.walk(replace(simulation, row=entry))
        return [spelled(simulation.current_step, entry, self.glyphs)] if entry == simulation.current_entry else []

    def lesson(self, rest: Words, which: int = 0) -> Lines:
        """Another lesson, by its number or its title."""
        if not which:
            if not rest:
                return [f"Lesson {n}, {pages(n)['title']}: {pages(n)['about']}." for n in LESSONS]
            titles = [pages(n)["title"] for n in LESSONS]
            named = find(rest[0], titles)
            which = number(rest[0], 1, max(LESSONS), "lesson") if named is None else list(LESSONS)[named]
        if which == TRAINING_LESSON:
            return self.open_lesson_4()
        self.walk(self.simulation.with_lesson(which))
        return []

    # Telling again

    def repeat(self, _: Words) -> Lines:
        """What the last command told, once more."""
        return self.told or ["Nothing was told yet."]

    def history(self, rest: Words) -> Lines:
        """The lines that were typed, the last of them last."""
        typed = list(self.typed)
        count = min(number(rest[0], 1, MAX_TYPED, "number of lines") if rest else RECENT, len(typed))
        return [f"{at}: {typed[at - 1]}" for at in range(len(typed) - count + 1, len(typed) + 1)]

    def brief(self, rest: Words) -> Lines:
        """Of each step only what is new, or all of it again."""
        if rest and rest[0].casefold() not in {"on", "off"}:
            raise InputError(f"{rest[0][:24]!r} is neither on nor off.")
        on = rest[0].casefold() == "on" if rest else not self.heard.brief
        self.heard = replace(self.heard, brief=on)
        if on:
            return ["Brief: of each step what is new, and of vectors what is not 0. 'brief off' ends that."]
        return ["Every step whole again."]

    def where(self, _: Words) -> Lines:
        """Where one is."""
        return where(self.simulation, self.glyphs)

    def product(self, rest: Words) -> Lines:
        """The step again, all of it."""
        step = self.simulation.current_step
        whole = bool(rest) and "whole".startswith(rest[0].casefold())
        lines, operands = product(step, self.simulation.current_entry, self.glyphs, whole=whole)
        self.heard = replace(self.heard, operands={**self.heard.operands, **operands})
        words_of_step = [step_heading(self.simulation), narrated(self.simulation, self.glyphs)]
        return [*words_of_step, *lines, *outcome(self.simulation, self.glyphs)]

    def map(self, _: Words) -> Lines:
        """The steps of the day."""
        return pipeline(self.simulation)

    def week(self, rest: Words) -> Lines:
        """The week, or another one."""
        if not rest or "whole".startswith(rest[0].casefold()):
            return week(self.simulation, self.glyphs, whole=bool(rest))
        situation = self.simulation.situation
        days = parse_week(",".join(rest), situation.roommate)
        self.change(self.simulation.in_situation(replace(situation, week=days, targets=None)))
        return [*self.news(), *week(self.simulation, self.glyphs)]

    def rule(self, _: Words) -> Lines:
        """What the roommate cooks in each case."""
        return rule(self.simulation, self.glyphs)

    def about(self, _: Words) -> Lines:
        """What the lesson is about."""
        return about(self.simulation)

    def words(self, _: Words) -> Lines:
        """The words of the subject."""
        return [f"{word}: {meaning}" for word, meaning in words(self.simulation)]

    def copy(self, rest: Words) -> Lines:
        """What the screen copies, written out: the command, the step in a format, or the weights."""
        kind = rest[0].casefold() if rest else "command"
        if kind == "command":
            return self.command(())
        if kind == "weights":
            return map(Verbatim, weights_json(weights_of(self.simulation.situation)).splitlines())
        if kind not in STEP_EXPORTERS:
            known = ("command", *STEP_EXPORTERS, "weights")
            raise InputError(f"{kind[:24]!r} cannot be copied: there are {listed(known)}.{suggestion(kind, known)}")
        return map(
            Verbatim, STEP_EXPORTERS[kind](self.simulation.step + 1, self.simulation.current_step).splitlines()
        )

    def command(self, _: Words) -> Lines:
        """The command line that begins here."""
        if self.simulation.situation.scenario == UNSAVED:
            raise InputError("No command line knows this rule yet: 'save mine.toml' writes it to a file.")
        program, _, rest = command_for(self.simulation).partition(" ")
        return [Verbatim(f"{program} --plain {rest}")]

    def help(self, rest: Words) -> Lines:
        """The commands by group, one of them, the words of the subject, or a page of the manual."""
        if rest and rest[0].casefold() == "words":
            return [f"{word}: {meaning}" for word, meaning in all_words().items()]
        if rest:
            return self._help_on(list(rest))
        lines = ["One command a line: a key, or words, of which the beginning will do. '5 n' takes five steps."]
        for group in GROUPS:
            lines += ["", f"{group}:", *(offer.told for offer in offers.OFFERS if offer.group == group)]
        lines += ["", "On the screen alone:"]
        lines += [
            f"{command.key_display}, {command.label}: {offers.SCREEN_ONLY[command.action]}."
            for command in COMMANDS
            if command.action in offers.SCREEN_ONLY
        ]
        lines += ["", "'help words' explains the words of the subject, 'about' the lesson."]
        return [*lines, f"Pages of the manual: {listed(list(TOPICS))}, such as 'help {next(iter(TOPICS))}'."]

    def _help_on(self, asked: list[str]) -> Lines:
        """A command, or a page of the manual; where a word begins both, the command."""
        topic = asked[0].casefold()
        if topic not in TOPICS:
            try:
                return [offers.find(asked)[0].told]
            except InputError:
                index = find(topic, list(TOPICS))
                if index is None:
                    raise
                topic = list(TOPICS)[index]
        return [Verbatim(line.rstrip("\n")) for line in plain(source(topic))]

    def quit(self, _: Words) -> Lines:
        """Leave."""
        self.over = True
        return []
