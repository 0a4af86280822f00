"""Settings, state, chart and a sentence: the panel of the loss."""

from __future__ import annotations

import math

from textual.content import Content

from model.language import _, ngettext
from model.training.diagnosis import diagnose
from model.training.snapshot import TrainingSnapshot
from tui.rendering.block import line
from tui.rendering.case_table import STYLES
from tui.rendering.loss_chart import Chart, Curve, chart, plot_width
from tui.session.training_controls import TrainingControls
from tui.text.diagnosis import in_words
from tui.text.glyphs import Glyphs

MIN_CHART = (20, 5)
"""Columns and rows below which a chart says nothing."""


def settings_line(moment: TrainingSnapshot, glyphs: Glyphs) -> Content:
    """The settings that matter most; the seed is always among them."""
    config = moment.config
    fed_back = config.network if config.cell.remembers else config.feedback
    words = [f"{config.optimizer} {config.learning_rate:g}", config.activation, fed_back]
    words.append(ngettext("{count} week", "{count} weeks", config.weeks).format(count=config.weeks))
    words += [_("clip {norm:g}").format(norm=config.clip)] if config.clip else []
    seed, rest = _("seed {seed}").format(seed=config.seed), f" {glyphs.middle_dot} ".join(words)
    return line((seed, "bold $accent"), (f" {glyphs.middle_dot} {rest}", "$muted"))


def state_line(
    moment: TrainingSnapshot, controls: TrainingControls, glyphs: Glyphs, *, brief: bool = False
) -> Content:
    """Which update, how fast (unless it is to be brief), and the loss at it."""
    if moment.update < moment.latest:
        how = (_("back from {update:,}").format(update=moment.latest), "$accent bold")
    elif brief:
        how = (_("running"), "$right bold") if controls.running else (_("paused"), "$muted")
    elif math.isinf(controls.pace):
        how = (_("running full speed"), "$right bold") if controls.running else (_("paused full speed"), "$muted")
    else:
        sentence = _("running {pace:g}/s") if controls.running else _("paused {pace:g}/s")
        how = (sentence.format(pace=controls.pace), "$right bold" if controls.running else "$muted")
    dot = f" {glyphs.middle_dot} "
    update, loss = (
        _("update {update:,}").format(update=moment.update),
        _("batch loss {loss:.3g}").format(loss=moment.loss),
    )
    return line((update, "bold"), dot, how, dot, loss)


def loss_lines(
    moment: TrainingSnapshot, controls: TrainingControls, glyphs: Glyphs, width: int, height: int
) -> list[Content]:
    """The whole panel: settings, state, chart, and how it goes in a sentence."""
    diagnosis = diagnose(moment)
    word, sentence = diagnosis.word, in_words(diagnosis, moment.roommate, keys=True)
    if controls.trouble:
        word, sentence = "diverging", controls.trouble
    text = line((sentence, STYLES[word])).wrap(max(width, 1))
    state = state_line(moment, controls, glyphs).wrap(max(width, 1))
    if len(state) > 1:
        state = state_line(moment, controls, glyphs, brief=True).wrap(max(width, 1))
    head = [*settings_line(moment, glyphs).wrap(max(width, 1)), *state]
    if 0 < height < len(head) + len(text) + MIN_CHART[1]:  # the settings have a page of their own
        head = state
    spare = height - len(head) - MIN_CHART[1]
    if width < MIN_CHART[0] or spare < 0:
        return [*head, *text][:height]
    text = text[:spare]  # the curve first: it says most
    room = height - len(head) - len(text)
    dots = 2 * plot_width(width)
    data = Chart(
        Curve(*moment.losses.columns(dots)),
        Curve(*moment.accuracies.columns(dots)),
        last=moment.latest,
        accuracy_now=moment.accuracy,
        log=controls.log,
        learned_at=moment.learned_at,
        cursor=moment.update if moment.update < moment.latest else None,
    )
    return [*head, *chart(data, glyphs, width, room), *text]
