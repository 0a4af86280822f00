"""The way back: turning round, feedback, non-linearities, and the update that is shown."""

from __future__ import annotations

from dataclasses import replace

from model.errors import InputError
from model.language import N_, _
from model.network.activations import activation_named
from model.network.names import TRAINABLE
from model.network.origins import UPDATED
from model.network.schedule import OF_DISHES, Feedback
from model.roommate.parsing import find
from model.simulation.simulation import Simulation
from model.training.provenance import Provenance
from tui.session.commands.command import BACK, GOING_BACK, LEARNING, WALKING, command
from tui.session.reply import Reply, Sight, Then, said
from tui.session.session import Session


@command(
    "turn", keys="b", words="backwards [NON-LINEARITY]", group=BACK, label=N_("backwards"), back_label=N_("forwards"),
    help=N_("Backwards from the last day's error, or forwards again"),
    footers={WALKING: 7, LEARNING: 9, GOING_BACK: 7}, synonyms=N_("backpropagation bptt gradient error"),
    sight=Sight.PRODUCT,
)  # fmt: skip
def turn(session: Session, name: str = "") -> Reply:
    """Turn backwards from the last day's error, or forwards again; with another non-linearity where one is named."""
    situation = session.simulation.situation
    if not session.simulation.backward:
        if name:
            _take(session, name)
        elif situation.has_derivative and situation.too_long_to_go_back:
            raise InputError(situation.too_long_to_go_back)
        elif not situation.can_go_back:
            why = _(
                "{name} has no useful derivative: it is flat almost everywhere, so no error can go back through it."
            )
            why = why.format(name=situation.network.activation.name)
            return Reply(then=Then.ACTIVATION, about=(why, turn), sight=Sight.SAME)
    return session.walk(session.simulation.turn())


@command("forwards", words="forwards", group=BACK, help=N_("Forwards again"))
def forwards(session: Session) -> Reply:
    """Turn forwards again."""
    if not session.simulation.backward:
        return said(_("This is the way forwards."))
    return session.walk(session.simulation.turn())


@command(
    "feedback", keys="f", words="feedback", usage=N_("[soft, hard or teacher]"), group=BACK, label=N_("feedback"),
    help=N_("Soft, hard or teacher feedback on the way back"), footers={GOING_BACK: 9},
    synonyms=N_("teacher forcing"),
)  # fmt: skip
def feedback(session: Session, kind: str = "") -> Reply:
    """Change the feedback of the way back: to the next of the list, or the one that is named."""
    config = session.simulation.situation.config
    if session.simulation.situation.cell.remembers:
        raise InputError(_("This network has one feedback: its hidden units go back in, and so does the gradient."))
    kinds = [str(one) for one in OF_DISHES]
    if kind:
        found = find(kind, kinds)
        wanted = kind if found is None else kinds[found]
    else:
        wanted = kinds[(kinds.index(Feedback(config.feedback)) + 1) % len(kinds)]
    reply = session.configure(replace(config, feedback=wanted))
    return replace(reply, for_screen=_("{kind} feedback").format(kind=wanted.capitalize()))


@command(
    "activation", keys="N", words="non-linearity [NAME]", group=BACK, label=N_("non-linearity"),
    help=N_("Another non-linearity (not in lesson 4)"), synonyms=N_("function tanh relu sigmoid softmax activation"),
)  # fmt: skip
def activation(session: Session, name: str = "") -> Reply:
    """Change the non-linearity, the weights staying as they are."""
    _need_free_activation(session)
    if session.simulation.situation.network.linear:
        raise InputError(_("This network is one product, without a non-linearity: lesson 3 has one."))
    return _take(session, name) if name else Reply(then=Then.ACTIVATION, about=("", activation))


def _need_free_activation(session: Session) -> None:
    if session.simulation.situation.trains:
        raise InputError(_("A run keeps its non-linearity: the settings, key s, start one with another."))


def _take(session: Session, name: str) -> Reply:
    _need_free_activation(session)
    index = find(name, TRAINABLE)
    found = activation_named(name if index is None else TRAINABLE[index])
    network = session.simulation.situation.network
    return session.change(session.simulation.with_network(network.with_activation(found)))


def update_made(simulation: Simulation) -> Simulation:
    """Make the update that the way back shows, in a lesson that does not train."""
    situation = simulation.situation
    network = situation.network.with_parameters(situation.week_update.after, UPDATED)
    made = Provenance(optimizer=situation.config.optimizer, memory=situation.week_update.memory)
    return simulation.in_situation(situation.with_custom_network(network, made))
