"""The command line: stdout is data, stderr is messages, and nothing is loaded that a command does not need."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, NoReturn

from model.errors import InputError, RoommateError
from model.roommate import Kind, Roommate
from model.words import find, listed, parse_dishes, parse_start, parse_week, suggestion
from tui import __version__

if TYPE_CHECKING:
    from model.history import Run
    from model.network import Network
    from model.scenario import Scenario
    from model.simulation import Simulation, Situation

PROGRAM = "roommate-tui"

DESCRIPTION = """\
Walk through the perfect roommate's recurrent network in a terminal, one step a key, forwards and
backwards; every number on the screen is a number that the network really computed.

Without a command the simulator opens. Press ? in it for its keys.
"""

EPILOG = """\
exit status: 0 done, 1 failure, 2 wrong use or no terminal, 3 a file is bad, 4 training did not
reach its goal, 129, 130 or 143 hung up, interrupted or terminated

examples:
  roommate-tui                                     the lecture's week, lesson 3
  roommate-tui --lesson 1 --weather rsrs           lesson 1 with a week of your own
  roommate-tui cook --weather sunny,rainy --json   a week of dishes for another program
  roommate-tui explain --weather r --format latex  every product of a rainy Monday
  roommate-tui explain --backward --seed 7         every gradient of the week, random weights
  roommate-tui --lesson 4 --seed 7                 watch random weights learn the rule
  roommate-tui train --seed 7 --out weights.json   the same without a screen
  roommate-tui --weights weights.json              walk through the learned weights
  roommate-tui extract --weights weights.json      the rule that they follow
  roommate-tui --scenario coffee                   another roommate; 'scenario list' names them
  roommate-tui scenario new > mine.toml            one of your own
"""

COOK = """\
Print what the roommate cooks, day by day, without opening a screen.

In a terminal the default is a table with pictures, elsewhere it is --plain. The JSON is
  {"format": "roommate-cook", "version": 1, "roommate": NAME, "network": "weather|cycle|rnn|elman",
   "start": DISH, "days": [{"day": "Monday", "weather": "sunny", "dish": "pasta"}, ...]}
"""

EXPLAIN = """\
Print every step of every day: name, formula, operands and result, at full precision.

The LaTeX is for the body of a document that loads amsmath. The JSON is
  {"format": "roommate-explain", "version": 1, "roommate": NAME, "network": "weather|cycle|rnn|elman",
   "start": DISH, "weights": WHERE FROM, "activation": NAME,
   "days": [{"day": ..., "weather": ..., "yesterday": ..., "dish": ...,
             "steps": [{"name": ..., "formula": ..., "operands": [{"name": ..., "value": [[...]]}, ...],
                        "result": {"name": ..., "value": [...]}}, ...]}, ...]}
The steps of the network rnn are: food product, weather product, add, non-linear, merge, decide. The
network elman, which feeds back its hidden units, has a memory product in place of the food product.

--backward prints the way back instead: the days from the last to the first, each with its error and
gradients, then the update. The steps of a day are: probabilities, error, from tomorrow, both errors
(these two with soft feedback), merge gradient, back through merge, back through the units, food
gradient, weather gradient, back through food (soft feedback); those of the update, for each matrix:
total, clip (if asked for), optimizer, update. For elman, memory stands wherever food does, and the
two steps of soft feedback are one after back through merge: both days. Its JSON is the same with these members more:
   "direction": "backward", "feedback": ..., "optimizer": ..., "learning_rate": ..., "loss": ...,
   "gradients": {"food": [[...]], "weather": [[...]], "merge": [[...]]},
   a "target" in every day, and at the end "update": {"steps": [...]}
The error needs a derivative, which the hand-set network's largest-to-1 has not: give --activation,
learned --weights, or --seed for random ones.
"""

TRAIN = """\
Train from random weights without a screen, with a progress bar on stderr where that is a terminal.

It learns the rule of --scenario (the lecture's); or from --diary, days that were really lived, as
CSV: day,weather,dish. A day is a number, a date such as 2024-05-17 or the name of a day; nothing is
learned across a gap. The dishes and weathers are the scenario's if one is given. The last days are
held out: what it gets right of these is an honest accuracy.

The weights and the history are written whether or not the goal was reached; the exit status is 4
when it was not. The JSON is
  {"format": "roommate-train", "version": 1, "seed": ..., "settings": {...}, "updates": ...,
   "learned": true|false, "learned_at": ..., "loss": ..., "accuracy": ...}
with a diary also "diary": {"file": ..., "days": ..., "stretches": ..., "gaps_before_lines": [...],
   "training_days": ..., "left_out_days": ..., "held_out_days": ..., "held_out_accuracy": ...,
   "contradictory_days": ..., "contradictions": [{"line": ..., "day": ..., "weather": ...,
   "yesterday": ..., "dish": ..., "mostly": ...}, ...], "best_accuracy": ...,
   "table": {WEATHER: {YESTERDAY: the dish that followed mostly, or null}}}
(of gaps and contradictions the first 20; left out are days in stretches shorter than --days; the
best accuracy is that of the best rule on all days).
The weights, {"format": "roommate-weights", "version": 1, "roommate": {...}, "activation": ...,
"network": "lecture|elman", "seed": ..., "updates": ..., "settings": {...}, "food": [[...]],
"weather": [[...]], "merge": [[...]]} ("memory" in place of "food" for elman), can be opened with
--weights by every other command.
"""

SCENARIO = """\
Roommates of your own: dishes, weathers and rules as a TOML file, which --scenario opens everywhere.

  new         print a commented template: 'roommate-tui scenario new > mine.toml'
  check FILE  say whether a file is good, with the table of what follows what; or all its faults
  list        the scenarios that come with the program, which --scenario opens by name

The JSON of check is
  {"format": "roommate-scenario", "version": 1, "file": ..., "good": true|false, "faults": [...]}
with these members more where the file is good:
   "name": ..., "dishes": [...], "weathers": [...], "states": null or {STATE: DISH}, "start": ...,
   "week": [...], "table": {WEATHER: {YESTERDAY: TODAY}}, "unreached": [...]
"""

EXTRACT = """\
Print the rule that weights follow: the dish they choose for each weather and yesterday, each with
its margin (its probability minus the greatest other), beside the true rule; and whether the
network, fed its own output for 10,000 days under a fixed random sky, from every dish, stays true
to that table. Without --weights they are the hand-set ones.

What "its own output" is, is what the network was trained with: with soft feedback the
probabilities themselves, which can drift; otherwise (hand-set weights, hard feedback, teacher
forcing) the dish chosen, one-hot, which meets no other cases than those of the table.
--feedback asks for the other one.

The JSON is
  {"format": "roommate-extract", "version": 1, "roommate": NAME, "network": "weather|cycle|rnn",
   "weights": WHERE FROM, "activation": NAME, "table": {WEATHER: {YESTERDAY: DISH}},
   "margins": {WEATHER: {YESTERDAY: NUMBER, or null where it is not finite}},
   "matches_rule": true|false, or null where the true rule is not known,
   "feedback": "soft|hard", "stays_true": true|false, "strays_on_day": null, or the first such day}
DOT is for Graphviz, such as 'roommate-tui extract --dot | dot -Tsvg'; Mermaid is drawn by Markdown
renderers. In both, transitions that are wrong are red and dashed, and say what the rule is.
"""

FEEDBACKS = ("soft", "hard", "teacher")
EXPLAIN_FORMATS = ("text", "json", "latex", "markdown")


class Parser(argparse.ArgumentParser):
    """An argument parser whose errors are one sentence and a pointer to the help."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong on stderr and end with status 2."""
        sys.stderr.write(f"{PROGRAM}: {message}\nSee '{self.prog} --help'.\n")
        sys.exit(2)

    def _check_value(self, action: argparse.Action, value: object) -> None:
        # argparse lists the choices but does not see which one was meant.
        if isinstance(action, argparse._SubParsersAction) and value not in action.choices:
            names = list(action.choices)
            self.error(f"{value!r} is not a command: there are {listed(names)}.{suggestion(str(value), names)}")
        super()._check_value(action, value)


def one_of(what: str, names: Sequence[str]) -> Callable[[str], str]:
    """A reader of an option that takes one of a few names, whole or by its beginning."""

    def read(word: str) -> str:
        index = find(word, names)
        if index is None:
            near = suggestion(word, names)
            article = "an" if what[0] in "aeio" else "a"
            raise argparse.ArgumentTypeError(f"{word!r} is not {article} {what}: there are {listed(names)}.{near}")
        return names[index]

    return read


def build_parser(*, training: bool = False) -> Parser:
    """The whole command line.

    Args:
        training: Whether the options of ``train`` are needed: to list them, numpy must be loaded.
    """
    # Options stay out of the result unless given: so one before the command counts as much as one after it.
    week = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    group = week.add_argument_group("the week")
    group.add_argument(
        "--weather", metavar="WEEK", help="names or initials, such as sunny,rainy or s,r or sr; 1 to 100,000 days"
    )
    group.add_argument("--start", metavar="DISH", help="the dish of the day before the first (the scenario's)")

    scenario = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    scenario.add_argument("--scenario", metavar="FILE", help="another roommate: a file, or a name (lecture)")

    network = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    network.add_argument(
        "--network",
        metavar="NAME",
        type=one_of("network", [str(kind) for kind in Kind]),
        help="weather, cycle, rnn or elman: the network of lesson 1, 2, 3 or 5 (rnn)",
    )

    weights = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    weights.add_argument(
        "--weights", metavar="FILE", help="weights from a file, for lesson 3, or those with a memory for 5"
    )

    random = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    random.add_argument("--seed", type=int, metavar="N", help="random weights from a seed, as lesson 4 starts with")

    way_back = Parser(add_help=False, argument_default=argparse.SUPPRESS)
    group = way_back.add_argument_group("the way back")
    group.add_argument("--backward", action="store_true", help="from the last day's error back to the update")
    group.add_argument(
        "--targets", metavar="DISHES", help="the dishes really cooked, one a day (those of the roommate's rule)"
    )
    group.add_argument(
        "--feedback",
        metavar="NAME",
        type=one_of("kind of feedback", FEEDBACKS),
        help="soft, hard or teacher: what became each next day's yesterday (soft)",
    )
    group.add_argument(
        "--activation", metavar="NAME", help="the non-linearity, such as tanh, sigmoid, softmax, relu or relu-1"
    )

    parser = Parser(
        prog=PROGRAM,
        description=DESCRIPTION,
        epilog=EPILOG,
        parents=[scenario, week, weights, way_back],
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    screen = parser.add_argument_group("the screen")
    screen.add_argument(
        "--lesson", type=int, metavar="1..5", help="the lesson that is shown first (3, or that of --weights)"
    )
    screen.add_argument(
        "--day", type=int, metavar="N", help="the day that is shown first, from 1; with --backward, 0 is the update"
    )
    screen.add_argument("--step", type=int, metavar="N", help="the step of that day, from 1")
    screen.add_argument(
        "--seed", type=int, default=argparse.SUPPRESS, metavar="N", help="the seed that lesson 4 starts with (0)"
    )
    screen.add_argument(
        "--network",
        metavar="NAME",
        default=argparse.SUPPRESS,
        type=one_of("network to train", [str(kind) for kind in (Kind.RNN, Kind.ELMAN)]),
        help="rnn or elman: the network that lesson 4 trains (rnn)",
    )
    screen.add_argument("--update", type=int, metavar="N", help="the update that lesson 4 starts at")
    screen.add_argument("--no-state", action="store_true", help="write nothing by itself: no runs are saved")
    screen.add_argument("--ascii", action="store_true", help="draw without pictures and box lines")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands", parser_class=Parser)

    def command(name: str, summary: str, description: str, *parents: Parser) -> Parser:
        return commands.add_parser(
            name,
            help=summary,
            description=description,
            parents=parents,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )

    cook = command("cook", "print a week of dishes", COOK, scenario, week, network, weights, random)
    formats = cook.add_mutually_exclusive_group()
    formats.add_argument("--plain", dest="format", action="store_const", const="plain", help="a line a day")
    formats.add_argument("--json", dest="format", action="store_const", const="json", help="JSON")
    formats.add_argument("--csv", dest="format", action="store_const", const="csv", help="CSV: day,weather,dish")

    explain = command(
        "explain", "print every step of every day", EXPLAIN, scenario, week, network, weights, random, way_back
    )
    explain.add_argument(
        "--format",
        metavar="NAME",
        default="text",
        type=one_of("format", EXPLAIN_FORMATS),
        help="text, json, latex or markdown (text)",
    )
    extract = command("extract", "print the rule that weights follow", EXTRACT, scenario, network, weights)
    extract.add_argument(
        "--feedback",
        metavar="NAME",
        type=one_of("feedback", ("soft", "hard")),
        help="soft or hard: what is fed back (what it was trained with)",
    )
    forms = extract.add_mutually_exclusive_group()
    for form, told in (("json", "JSON"), ("dot", "Graphviz DOT"), ("mermaid", "a Mermaid flowchart")):
        forms.add_argument(f"--{form}", dest="format", action="store_const", const=form, default="text", help=told)
    train = command("train", "train without a screen", TRAIN, scenario)
    if training:
        add_training(train)
    add_actions(command("scenario", "roommates of your own", SCENARIO))
    return parser


def add_actions(scenario: Parser) -> None:
    """What ``scenario`` can do."""
    actions = scenario.add_subparsers(dest="action", metavar="new|check|list", required=True, parser_class=Parser)
    actions.add_parser("new", help="print a commented template")
    check = actions.add_parser("check", help="say whether a file is good")
    check.add_argument("file", metavar="FILE", help="a TOML file, or the name of a scenario")
    check.add_argument("--json", action="store_true", help="JSON")
    actions.add_parser("list", help="the scenarios that come with the program")


def add_training(train: Parser) -> None:
    """The options of ``train``: one for each setting, and where the results go."""
    from dataclasses import fields

    from model.config import CHOICES, TrainingConfig, parse, title

    settings = train.add_argument_group("settings of training")
    for field in fields(TrainingConfig):
        choices = CHOICES.get(field.name)
        settings.add_argument(
            f"--{field.name.replace('_', '-')}",
            metavar="NAME" if choices else "N",
            type=one_of(title(field.name), choices) if choices else _told(partial(parse, field.name)),
            default=argparse.SUPPRESS,
            help=f"{', '.join(choices) + ' ' if choices else ''}({field.default})",
        )
    from tui.diary import parse_part

    lived = train.add_argument_group("learning from a diary")
    lived.add_argument("--diary", metavar="FILE", help="observed days as CSV, day,weather,dish, instead of a rule")
    lived.add_argument(
        "--held-out", metavar="PART", type=_told(parse_part), help="the part at its end that is not trained on (0.2)"
    )
    results = train.add_argument_group("results")
    results.add_argument("--out", metavar="FILE", help="write the weights, as .json or .npz")
    results.add_argument("--history", metavar="FILE", help="write loss and accuracy of every update as CSV")
    results.add_argument("--overwrite", action="store_true", help="replace files that are there already")
    results.add_argument("--json", action="store_true", help="print the outcome as JSON")


def _told(read: Callable[[str], object]) -> Callable[[str], object]:
    """A reader of an option whose complaint argparse passes on."""

    def tell(text: str) -> object:
        try:
            return read(text)
        except InputError as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return tell


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command line.

    Args:
        arguments: The words after the program's name; those of the process by default.

    Returns:
        The exit status.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a locale without "·" gets "?", not a traceback
            stream.reconfigure(errors="replace")
    arguments = sys.argv[1:] if arguments is None else arguments
    parser = build_parser(training="train" in arguments)
    options, unknown = parser.parse_known_args(arguments)
    if unknown:
        known = [name for action in parser._actions for name in action.option_strings]
        parser.error(f"{unknown[0]!r} was not expected here.{suggestion(unknown[0], known)}")
    commands = {
        None: open_screen,
        "cook": cook,
        "explain": explain,
        "extract": extract,
        "train": train,
        "scenario": scenario,
    }
    try:
        return commands[options.command](options)
    except RoommateError as error:
        sys.stderr.write(f"{PROGRAM}: {error}\n")
        return error.exit_status
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader has seen enough, as in "explain | head"
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141


def run() -> NoReturn:
    """The console script."""
    sys.exit(main())


def _given(options: argparse.Namespace) -> tuple[Scenario, Network | None]:
    """Who cooks, and the weights of ``--weights`` if it is given.

    It is the roommate of ``--scenario``; without it the one the weights were saved with, or the lecture's.

    Raises:
        FileError: A file is bad, or the weights belong to another roommate than the scenario's.
    """
    from model.scenario import LECTURE, Scenario, find_scenario

    scenario = find_scenario(options.scenario) if hasattr(options, "scenario") else None
    if not hasattr(options, "weights"):
        return scenario or LECTURE, None
    from pathlib import Path

    from model.errors import FileError
    from model.storage import load_weights

    saved = load_weights(Path(options.weights))
    scenario = scenario or Scenario(saved.roommate)
    theirs, ours = saved.roommate, scenario.roommate
    if (theirs.dishes, theirs.weathers) != (ours.dishes, ours.weathers):
        raise FileError(f"{options.weights}: its weights belong to another roommate, the {theirs.name}.")
    return scenario, saved.network


def _beginning(options: argparse.Namespace, scenario: Scenario, lesson: int) -> Situation:
    """A scenario in a lesson, with the week and the start that are asked for."""
    from model.simulation import Situation

    roommate = scenario.roommate
    week = parse_week(options.weather, roommate) if hasattr(options, "weather") else scenario.days
    start = parse_start(options.start, roommate) if hasattr(options, "start") else scenario.start
    return Situation(roommate, lesson, week, start, scenario=getattr(options, "scenario", ""))


def _situation_of(options: argparse.Namespace) -> Situation:
    """What ``cook`` and ``explain`` are asked for."""
    from model.simulation import lesson_of

    scenario, weights = _given(options)
    kind = Kind(getattr(options, "network", Kind.RNN if weights is None else weights.kind))
    weights = weights or _random_of(options, scenario.roommate, kind)
    if weights is not None and weights.kind is not kind:
        option = "--weights" if hasattr(options, "weights") else "--seed"
        raise InputError(f"{option} is for the network {weights.kind}, not for {kind}.")
    situation = _beginning(options, scenario, lesson_of(kind))
    return _on_the_way_back(options, situation if weights is None else situation.with_own(weights))


def _random_of(options: argparse.Namespace, roommate: Roommate, kind: Kind) -> Network | None:
    """The weights that lesson 4 starts with from ``--seed``, if it is given."""
    if not hasattr(options, "seed"):
        return None
    from model.config import TrainingConfig
    from model.training import Trainer

    network = "elman" if kind is Kind.ELMAN else "lecture"
    return Trainer(roommate, TrainingConfig(seed=options.seed, network=network)).network


def _on_the_way_back(options: argparse.Namespace, situation: Situation) -> Situation:
    """The situation with the dishes, the feedback and the non-linearity that are asked for."""
    from dataclasses import replace

    from model.activation import activation_named

    if hasattr(options, "targets"):
        situation = replace(situation, targets=parse_dishes(options.targets, situation.roommate))
    if situation.learning is not None:  # its run has been told
        return situation
    if getattr(options, "feedback", None):
        settings = replace(situation.settings, feedback=options.feedback)
        situation = replace(situation, settings=settings)
    if hasattr(options, "activation"):
        activation = activation_named(options.activation)
        situation = situation.with_own(situation.network.with_activation(activation))
    return situation


def _need_derivative(situation: Situation) -> None:
    """Say so if no error can go back through the network's non-linearity."""
    from model.activation import TRAINABLE

    if not situation.can_go_back:
        name = situation.network.activation.name
        raise InputError(
            f"--backward: the non-linearity {name} has no useful derivative, so no error can go back through it. "
            f"Give another one, --activation {listed(TRAINABLE, 'or')}; or other weights, with --weights or --seed."
        )


def _write(chunks: Iterable[str]) -> int:
    for chunk in chunks:
        sys.stdout.write(chunk)
    sys.stdout.flush()
    return 0


def cook(options: argparse.Namespace) -> int:
    """``roommate-tui cook``."""
    from tui.cook import FORMATS, as_table
    from tui.rendering.glyphs import for_terminal

    situation = _situation_of(options)
    if options.format is None and sys.stdout.isatty():
        return _write(as_table(situation, for_terminal(os.environ, sys.stdout.encoding)))
    return _write(FORMATS[options.format or "plain"](situation))


def explain(options: argparse.Namespace) -> int:
    """``roommate-tui explain``."""
    from model.export import EXPORTERS

    backward = hasattr(options, "backward")
    unused = [name for name in ("targets", "feedback") if hasattr(options, name)]
    if unused and not backward:
        raise InputError(f"--{unused[0]} says how the error goes back: it needs --backward.")
    situation = _situation_of(options)
    if backward:
        _need_derivative(situation)
    return _write(EXPORTERS[options.format](situation, backward=backward))


def extract(options: argparse.Namespace) -> int:
    """``roommate-tui extract``."""
    import shutil

    from model.network import Feedback
    from tui.extract import extracted
    from tui.rendering.glyphs import ASCII, for_terminal

    glyphs = for_terminal(os.environ, sys.stdout.encoding) if sys.stdout.isatty() else ASCII
    feedback = None if options.feedback is None else Feedback(options.feedback)
    width = min(shutil.get_terminal_size().columns, 120)
    return _write(extracted(_situation_of(options), options.format, feedback, glyphs, width))


def train(options: argparse.Namespace) -> int:
    """``roommate-tui train``."""
    from tui.train import train

    return train(options)


def scenario(options: argparse.Namespace) -> int:
    """``roommate-tui scenario``."""
    from tui.scenario import scenario

    return scenario(options)


def open_screen(options: argparse.Namespace) -> int:
    """The simulator, if this is a terminal that can show it."""
    simulation, run = simulation_of(options)
    _need_terminal()
    from platformdirs import user_state_path

    from model.config import TrainingConfig
    from tui.app import RoommateApp
    from tui.rendering.glyphs import ASCII, for_terminal

    glyphs = ASCII if options.ascii else for_terminal(os.environ, sys.stdout.encoding)
    config = TrainingConfig(seed=getattr(options, "seed", TrainingConfig.seed)) if run is None else run.config
    state = None if options.no_state else user_state_path("roommate-tui") / "run.npz"
    app = RoommateApp(simulation, glyphs, config, state, run)
    app.run()
    return app.return_code or 0


def simulation_of(options: argparse.Namespace) -> tuple[Simulation, Run | None]:
    """What the screen is to show first, and for lesson 4 the training run behind it."""
    from dataclasses import replace

    from model.simulation import LEARN, UPDATE, Simulation, lesson_of

    scenario, weights = _given(options)
    situation = _beginning(options, scenario, 3 if weights is None else lesson_of(weights.kind))
    if weights is not None:
        situation = situation.with_own(weights)
    lesson = situation.lesson if options.lesson is None else options.lesson
    simulation = Simulation(situation).with_lesson(lesson)
    if hasattr(options, "network") and lesson != LEARN:
        raise InputError("--network says what lesson 4 trains: it needs --lesson 4.")
    run = _run_of(options, scenario.roommate) if lesson == LEARN else None
    if run is not None:
        simulation = replace(simulation.with_learning(run.moment(), 1), revealed=True)
    simulation = replace(simulation, situation=_on_the_way_back(options, simulation.situation))
    if hasattr(options, "backward"):
        _need_derivative(simulation.situation)
        simulation = simulation.turn()
    elif options.day == 0:
        raise InputError("--day 0 is the update at the end of the way back: it needs --backward.")
    if options.day == 0:
        day = UPDATE
    else:
        day = _in_range("--day", options.day, simulation.days, "day", "days in the week", otherwise=simulation.day)
    there = simulation.go_to(day, 0)
    steps = len(there.steps)
    step = _in_range("--step", options.step, steps, "step", "steps there in this lesson", otherwise=0)
    return there.go_to(day, step), run


def _run_of(options: argparse.Namespace, roommate: Roommate) -> Run:
    """The run of lesson 4, trained as far as is asked for."""
    from model.config import MOST_UPDATES, TrainingConfig
    from model.history import Run

    names = [name for name in ("seed", "feedback", "activation") if hasattr(options, name)]
    trained = "elman" if getattr(options, "network", "") == Kind.ELMAN else "lecture"
    config = TrainingConfig(**{name: getattr(options, name) for name in names}, network=trained)
    run = Run(roommate, config)
    run.advance(
        _in_range("--update", options.update, MOST_UPDATES, "update", "updates at the most", otherwise=-1) + 1
    )
    return run


def _in_range(option: str, number: int | None, most: int, one: str, many: str, *, otherwise: int) -> int:
    """A number from 1 as an index from 0; another where none is given."""
    if number is None:
        return otherwise
    if not 1 <= number <= most:
        raise InputError(f"{option} {number}: there is no such {one}; there are {most} {many}.")
    return number - 1


def _need_terminal() -> None:
    """The screen reads stdin and draws on stderr: all three streams must be a terminal that can be drawn on.

    Raises:
        InputError: One of them is not; it says which, and what works without.
    """
    streams = {"standard input": sys.stdin, "standard output": sys.stdout, "standard error": sys.stderr}
    blind = [name for name, stream in streams.items() if stream is None or not stream.isatty()]
    other = f"'{PROGRAM} cook --plain' and '{PROGRAM} explain' print the week without a screen."
    if blind:
        verb = "is not a terminal" if len(blind) == 1 else "are not a terminal"
        raise InputError(f"the screen needs a terminal, and {listed(blind)} {verb}. {other}")
    if os.environ.get("TERM") in {"dumb", ""}:
        raise InputError(f"the screen cannot be drawn with TERM={os.environ['TERM'] or '(empty)'}. {other}")
