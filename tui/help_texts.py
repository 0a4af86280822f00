"""What ``--help`` says of the program and of each command, and the words that its options take."""

from __future__ import annotations

PROGRAM = "roommate-tui"

DESCRIPTION = """\
Walk through the perfect roommate's recurrent network in a terminal, one step a key, forwards and
backwards; every number on the screen is a number that the network really computed.

Without a command the simulator opens. Press ? in it for its keys. With --plain it needs no screen:
it takes a command a line and answers in lines of text, the same walk and the same training for
screen readers, dumb terminals and pipes. 'help' there lists the commands.
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
  roommate-tui --plain --lesson 4                  the same line by line, for screen readers and pipes
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

SERVE = """\
Show the screen in a browser: 'roommate-tui serve [--port N] [options of the screen]'. Every tab is a
program of its own; it ends when its tab is closed. Files are those of this machine.

It needs the extra "web": pip install 'roommate-tui[web]'. The server listens on this machine alone,
and wants the key in the address that it prints on stdout. From another machine, say on that one
  ssh -L 8000:localhost:8000 HOST
with the name of this machine for HOST, and open the address there. Ctrl+C ends.
"""

FEEDBACKS = ("soft", "hard", "teacher")
EXPLAIN_FORMATS = ("text", "json", "latex", "markdown")
