"""State, chart, history of the cases, and two lines of verdict: the panel of the loss."""

from __future__ import annotations

import math
from dataclasses import dataclass

from textual.content import Content

from model.language import _, ngettext
from model.training.diagnosis import diagnose
from model.training.snapshot import TrainingSnapshot
from tui.rendering.block import Part, line
from tui.rendering.case_history import history, lines_of
from tui.rendering.case_table import STYLES
from tui.rendering.loss_chart import Chart, Curve, axis_of, chart, plot_width
from tui.session.training_controls import TrainingControls
from tui.text.diagnosis import in_words
from tui.text.glyphs import Glyphs
from tui.text.week_errors import size_text

MIN_CHART = (20, 5)
"""Columns and rows of the panel below which a chart says nothing."""

VERDICT, LONG_VERDICT = 2, 4
"""Lines of what is told of the run: always so many in a panel of a height, so that nothing moves."""

MIN_PLOT = 3
"""Lines of the curve that go before the line of state."""

MIN_BESIDE_HISTORY = 4
"""Lines that the curve has at the least where the history of the cases stands under it."""

ROOM_FOR_ALL, ROOM_FOR_GRADIENT, ROOM_FOR_SETTINGS, ROOM_FOR_LEGEND = 6, 7, 9, 12
"""Lines of the curve from which a long verdict, the gradient, the settings and a legend have room, too."""

LEGEND_WIDTH = 72
"""Cells of a legend."""


@dataclass(frozen=True)
class Arrangement:
    """What of the panel there is room for: it depends on the room and the number of cases alone.

    Attributes:
        state: Whether there is a line of state.
        at_curve: Whether the loss stands at the end of its curve.
        history: The lines of the history of the cases.
        gradient: Whether there is a line of gradients.
        settings: Whether there is a line of settings.
        legend: Whether there is a line that says what the signs mean.
        verdict: The lines of what is told.
        chart: The lines of the chart with its axis, history and gradient; 0: there is none.
    """

    state: bool
    at_curve: bool
    history: int
    gradient: bool
    settings: bool
    legend: bool
    verdict: int
    chart: int


def arrangement(cases: int, width: int, height: int, *, framed: bool = False) -> Arrangement:
    """What there is room for.

    Args:
        cases: The lines that the history of the cases has, see `lines_of`.
        width: The cells there are.
        height: The lines there are.
        framed: Whether the state stands on the frame.
    """
    if width < MIN_CHART[0] or height < MIN_CHART[1]:
        return Arrangement(not framed, False, 0, gradient=False, settings=False, legend=False, verdict=0, chart=0)
    curve = height - VERDICT - 1
    state = curve > MIN_PLOT and not framed
    curve -= state
    lines = cases if curve - cases >= MIN_BESIDE_HISTORY else 0
    curve -= lines
    verdict = LONG_VERDICT if lines and curve > ROOM_FOR_ALL + LONG_VERDICT - VERDICT else VERDICT
    curve -= verdict - VERDICT
    gradient = lines > 0 and curve > ROOM_FOR_GRADIENT
    curve -= gradient
    settings = curve > ROOM_FOR_SETTINGS and not framed
    curve -= settings
    legend = lines > 0 and curve > ROOM_FOR_LEGEND and width >= LEGEND_WIDTH
    curve -= legend
    return Arrangement(
        state, not state and not framed, lines, gradient, settings, legend, verdict, curve + lines + gradient + 1
    )


def settings_line(moment: TrainingSnapshot, controls: TrainingControls, glyphs: Glyphs) -> Content:
    """The settings that matter most, the seed always among them, and how the axis of the loss goes."""
    config = moment.config
    fed_back = config.network if config.cell.remembers else config.feedback
    words = [f"{config.optimizer} {config.learning_rate:g}", config.activation, fed_back]
    words.append(ngettext("{count} week", "{count} weeks", config.weeks).format(count=config.weeks))
    words += [_("clip {norm:g}").format(norm=config.clip)] if config.clip else []
    words.append(_("axis logarithmic") if controls.log else _("axis linear"))
    seed, rest = _("seed {seed}").format(seed=config.seed), f" {glyphs.middle_dot} ".join(words)
    return line((seed, "bold $accent"), (f" {glyphs.middle_dot} {rest}", "$muted"))


def state_line(moment: TrainingSnapshot, controls: TrainingControls, glyphs: Glyphs, width: int) -> Content:
    """Which update, how fast, the loss at it, and as much more as there is room for."""
    loss = _("loss {loss}").format(loss=size_text(moment.loss))
    parts: list[tuple[Part, ...]] = [
        ((_("update {update:,}").format(update=moment.update), "bold"),),
        (_pace(moment, controls),),
        ((loss, "bold $primary"),),
    ]
    more = [_("gradient {length}").format(length=size_text(moment.gradient_length))]
    more.append(_("days right {part:.0%}").format(part=moment.accuracy))
    if moment.update >= 10:
        more.append(_("10 updates ago {loss}").format(loss=size_text(moment.losses[moment.update - 10])))
    dot = f" {glyphs.middle_dot} "
    for extra in range(len(more), -1, -1):
        told = [*parts, *(((text, "$muted"),) for text in more[:extra])]
        drawn = line(*[one for index, part in enumerate(told) for one in ((dot,) if index else ()) + part])
        if drawn.cell_length <= width:
            return drawn
    for some in (parts[:2], parts[::2], parts[:1]):
        drawn = line(*[one for index, part in enumerate(some) for one in ((dot,) if index else ()) + part])
        if drawn.cell_length <= width:
            return drawn
    return drawn.truncate(width)


def _pace(moment: TrainingSnapshot, controls: TrainingControls) -> tuple[str, str]:
    if moment.update < moment.latest:
        return _("back from {update:,}").format(update=moment.latest), "$accent bold"
    style = "$right bold" if controls.running else "$muted"
    if math.isinf(controls.pace):
        return _("running full speed") if controls.running else _("paused full speed"), style
    sentence = _("running {pace:g}/s") if controls.running else _("paused {pace:g}/s")
    return sentence.format(pace=controls.pace), style


def loss_lines(
    moment: TrainingSnapshot,
    controls: TrainingControls,
    glyphs: Glyphs,
    width: int,
    height: int,
    *,
    framed: bool = False,
) -> list[Content]:
    """The whole panel: state, chart, history of the cases, and how it goes in two lines.

    Args:
        moment: The run.
        controls: What a person has set about it.
        glyphs: Characters to draw with.
        width: The cells there are.
        height: The lines there are; 0: as few as a chart needs.
        framed: Whether the state stands on the frame, so that it need not stand inside.
    """
    width, height = max(width, 1), height or MIN_CHART[1]
    plan = arrangement(lines_of(moment), width, height, framed=framed)
    head = [settings_line(moment, controls, glyphs).truncate(width)] if plan.settings else []
    head += [state_line(moment, controls, glyphs, width)] if plan.state or not (plan.chart or framed) else []
    if not plan.chart:
        return [*head, *verdict_lines(moment, controls, glyphs, width, max(height - len(head), 0))][:height]
    lines = [*head, *_chart(moment, controls, glyphs, width, plan)]
    if plan.legend:
        lines.append(_legend(moment, glyphs, width))
    return [*lines, *verdict_lines(moment, controls, glyphs, width, plan.verdict)]


def verdict_lines(
    moment: TrainingSnapshot, controls: TrainingControls, glyphs: Glyphs, width: int, height: int
) -> list[Content]:
    """How it goes, in so many lines; what has no room there ends with a sign that there is more."""
    diagnosis = diagnose(moment)
    word, sentence = diagnosis.word, in_words(diagnosis, moment.roommate, keys=True)
    if controls.trouble:
        word, sentence = "diverging", controls.trouble
    told = line((glyphs.text(sentence), STYLES[word])).wrap(width)
    if len(told) > height > 0:
        last = told[height - 1].rstrip()
        told = [*told[: height - 1], line(last.truncate(max(width - 1, 1)), (glyphs.more, STYLES[word]))]
    return [*told[:height], *[line("")] * (height - len(told))]


def _chart(
    moment: TrainingSnapshot, controls: TrainingControls, glyphs: Glyphs, width: int, plan: Arrangement
) -> list[Content]:
    cells, updates = plot_width(width), axis_of(moment.latest)
    parts, gradient = moment.cases.columns(cells, updates)
    names, parts = history(moment, glyphs, parts, plan.history) if plan.history else ((), parts[:, :0])
    dishes = len(moment.roommate.dishes)
    data = Chart(
        Curve(*moment.losses.columns(2 * cells, updates)),
        last=moment.latest,
        log=controls.log,
        guessing=math.log(dishes),
        guess=_("guessing: ln {dishes}").format(dishes=dishes),
        names=names,
        parts=parts,
        gradient=gradient if plan.gradient else None,
        right_at=moment.right_at,
        right=_("all {cases} right").format(cases=moment.verdict.cases),
        cursor=moment.update if moment.update < moment.latest else None,
        told=size_text(moment.loss) if plan.at_curve else "",
    )
    return chart(data, glyphs, width, plan.chart)


def _legend(moment: TrainingSnapshot, glyphs: Glyphs, width: int) -> Content:
    """What the signs mean, as much as there is room for."""
    known = bool(moment.cases.known.all())
    signs = [
        (glyphs.heavy_horizontal * 2, "$right", _("right")),
        (glyphs.dashed * 2, "$muted", _("in part")),
        (glyphs.to_come * 2, "$muted", _("wrong")),
        *([] if known else [("  ", "", _("blank: not in its file"))]),
        (glyphs.heavy_vertical, "$accent bold", _("the update on the screen")),
        (glyphs.vertical, "$right", _("all right from here on")),
        (glyphs.heights[1] + glyphs.heights[-1], "$hidden", _("gradient")),
    ]
    drawn = line("")
    for sign, style, word in signs:
        longer = line(drawn, "   " if drawn.cell_length else "", (sign, style), (f" {word}", "$muted"))
        if longer.cell_length <= width:
            drawn = longer
    return drawn
