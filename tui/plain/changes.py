"""Commands that change the week, and turn the walk round."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from model.errors import InputError
from model.network.activations import activation_named
from model.network.names import TRAINABLE
from model.network.schedule import OF_DISHES
from model.roommate.parsing import find, listed, parse_start, suggestion
from model.steps.forward import weather_axis
from model.training.config import TrainingConfig
from tui.plain.steps import Lines, Words
from tui.plain.walker import Walker
from tui.session.actions import next_feedback, update_made


class ChangeCommands(Walker):
    """What a person does to the week, and to how errors go back."""

    use_settings: Callable[[TrainingConfig], list[str]]

    def flip_weather(self, rest: Words) -> Lines:
        """Another weather for today: the next of the list, or the one named."""
        simulation = self.simulation
        if rest:
            situation, day = simulation.situation, max(simulation.day, 0)
            names = weather_axis(situation.roommate).labels
            weather = find(rest[0], names)
            if weather is None:
                near = suggestion(rest[0], names)
                raise InputError(f"{rest[0][:24]!r} is not a weather: there are {listed(names)}.{near}")
            week = (*situation.week[:day], weather, *situation.week[day + 1 :])
            self.change(simulation.in_situation(replace(situation, week=week)))
        else:
            self.change(simulation.flip_weather())
        return []

    def next_start(self, rest: Words) -> Lines:
        """Another dish before the first day."""
        situation = self.simulation.situation
        if rest:
            start = parse_start(" ".join(rest), situation.roommate)
            self.change(self.simulation.in_situation(replace(situation, start=start)))
        else:
            self.change(self.simulation.next_start())
        return []

    def add_day(self, _: Words) -> Lines:
        """A day more."""
        self.change(self.simulation.add_day())
        return []

    def remove_day(self, _: Words) -> Lines:
        """A day less."""
        days = self.simulation.days
        self.change(self.simulation.remove_day())
        return ["A week needs at least one day."] if days == 1 else []

    def undo(self, _: Words) -> Lines:
        """Take back the last change."""
        if not self.timeline.past:
            return ["Nothing to take back."]
        self.timeline = self.timeline.undo()
        return ["Taken back."]

    def redo(self, _: Words) -> Lines:
        """Make it again."""
        if not self.timeline.future:
            return ["Nothing to make again."]
        self.timeline = self.timeline.redo()
        return ["Made again."]

    # The way back

    def turn(self, rest: Words) -> Lines:
        """Backwards from the last day's error, or forwards again."""
        situation = self.simulation.situation
        if not self.simulation.backward and rest:
            self.activation(rest)
        elif not self.simulation.backward and situation.has_derivative and situation.too_long_to_go_back:
            raise InputError(situation.too_long_to_go_back)
        elif not self.simulation.backward and not situation.can_go_back:
            name = situation.network.activation.name
            raise InputError(
                f"{name} has no useful derivative: it is flat almost everywhere, so no error can go back through it. "
                f"{listed(TRAINABLE, 'or').capitalize()} can take its place: such as 'backwards {TRAINABLE[0]}'."
            )
        self.walk(self.simulation.turn())
        return []

    def forwards(self, _: Words) -> Lines:
        """Forwards again."""
        if not self.simulation.backward:
            return ["This is the way forwards."]
        return self.turn(())

    def activation(self, rest: Words) -> Lines:
        """Another non-linearity for the weights as they are."""
        network = self.simulation.situation.network
        if self.simulation.situation.trains:
            raise InputError("A run keeps its non-linearity: 'set activation sigmoid' starts one with another.")
        if not rest:
            return [f"The non-linearity is {network.activation.name}; {listed(TRAINABLE, 'or')} can take its place."]
        index = find(rest[0], TRAINABLE)
        activation = activation_named(rest[0] if index is None else TRAINABLE[index])
        self.change(self.simulation.with_network(network.with_activation(activation)))
        return []

    def feedback(self, rest: Words) -> Lines:
        """Another kind of feedback: the next of the list, or the one named."""
        config = self.simulation.situation.config
        if self.simulation.situation.cell.remembers:
            raise InputError("This network has one feedback: its hidden units go back in, and so does the gradient.")
        if rest:
            kinds = [str(kind) for kind in OF_DISHES]
            index = find(rest[0], kinds)
            following = replace(config, feedback=rest[0] if index is None else kinds[index])
        else:
            following = next_feedback(config)
        return self.use_settings(following)

    def make_update_shown(self) -> Lines:
        """The update that the way back works out, in a lesson that does not train."""
        before = self.simulation.situation.loss
        self.change(update_made(self.simulation))
        return [f"Made. The loss of the week was {before:.3g}, and is {self.simulation.situation.loss:.3g}."]
