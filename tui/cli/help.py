"""What ``--help`` says of the program and of each command, and the words that its options take.

Paragraphs are filled to the width that there is; lines that begin with a space stay as they are, in 80 columns.
"""

from __future__ import annotations

from model.language import N_

DESCRIPTION = N_("""\
Walk through the perfect roommate's recurrent network in a terminal, one step a key, forwards and backwards; every
number on the screen is a number that the network really computed.

Without a command the simulator opens. Press ? in it for its keys. With --plain it needs no screen: it takes a
command a line and answers in lines of text, the same walk and the same training for screen readers, dumb terminals
and pipes. There, help lists the commands.

The manual has pages, such as 'roommate-tui help keys'; 'roommate-tui help' lists them.
""")

EPILOG = N_("""\
exit status: 0 done, 1 failure, 2 wrong use or no terminal, 3 a file is bad, 4 training did not reach its goal, 129,
130 or 143 hung up, interrupted or terminated

examples:
  roommate-tui                                     the story, the lessons
  roommate-tui --lesson 3                          the lecture's week, lesson 3
  roommate-tui --lesson 1 --weather rsrs           a week of your own, lesson 1
  roommate-tui cook --weather sunny,rainy --json   a week for another program
  roommate-tui explain --weather r --format latex  every product of a rainy day
  roommate-tui explain --backward --seed 7         every gradient of the week
  roommate-tui --lesson 4 --seed 7                 watch random weights learn
  roommate-tui train --seed 7 --out weights.json   the same without a screen
  roommate-tui --weights weights.json              walk through learned weights
  roommate-tui extract --weights weights.json      the rule that they follow
  roommate-tui --plain --lesson 4                  the same line by line
  roommate-tui --at 1.1                            the course, page by page
  roommate-tui --scenario coffee                   another roommate
  roommate-tui --share rnn --at 1.1                a class follows: --follow rnn
  roommate-tui scenario new > mine.toml            one of your own
""")

COOK = N_("""\
Print what the roommate cooks, day by day, without opening a screen.

In a terminal the default is a table with pictures, elsewhere a line a day; --plain writes that in seven bits
where they are enough. The JSON is described in 'roommate-tui help formats'.
""")

EXPLAIN = N_("""\
Print every step of every day: name, formula, operands and result.

Text and JSON are at full precision, LaTeX and Markdown have three digits, and --digits changes that. The LaTeX is
for the body of a document that loads amsmath; --standalone makes it a document. The JSON is described
in 'roommate-tui help formats'.

--backward prints the way back instead: the days from the last to the first, each with its error and gradients, then
the update. The error needs a derivative, which the hand-set network's largest-to-1 has not: give --activation,
learned --weights, or --seed for random ones.
""")

TRAIN = N_("""\
Train from random weights without a screen, with a progress bar on stderr where that is a terminal.

It learns the rule of --scenario (the lecture's); or from --diary, days that were really lived, as CSV:
day,weather,dish. A day is a number, a date such as 2024-05-17 or the name of a day; nothing is learned across a
gap. The dishes and weathers are the scenario's if one is given. The last days are held out: what it gets right of
these is an honest accuracy.

The weights and the history are written whether or not the goal was reached; the exit status is 4 when it was not.
Every other command opens the weights with --weights. 'roommate-tui help formats' describes the JSON of the outcome
and of the weights; 'roommate-tui help training' says more of the settings.
""")

SWEEP = N_("""\
Train with many seeds, and count how many learn the rule, after how many updates, and how many of these stay true on
their own output for 10,000 days. Every rate comes with its 95 % interval (Wilson's).

  roommate-tui sweep --seeds 1000
  roommate-tui sweep --vary activation=tanh,relu,sigmoid
  roommate-tui sweep --vary learning-rate=0.001:3:log:24 \\
                     --vary scale=0.01:3:log:24 --svg map.svg

One setting that is varied makes a curve, two make a map; the others are fixed, by the options of train. Ctrl+C ends
with what there is; what is done is kept, is never trained again, and the same command goes on. So do more seeds.

The work is shared among the cores, or by --dask among machines. 'roommate-tui help sweeps' says more, and plans a
sweep for a thousand cores; 'roommate-tui help formats' describes the JSON and the CSV files.
""")

SCENARIO = N_("""\
Roommates of your own: dishes, weathers and rules as a TOML file, which --scenario opens everywhere.

  new         print a commented template:
              'roommate-tui scenario new > mine.toml'
  check FILE  say whether a file is good, with the table of what follows what;
              or all its faults
  list        the scenarios that come with the program, which --scenario opens
              by name

The JSON of check is described in 'roommate-tui help formats'.
""")

CHECK = N_("""\
Prove certificates that the course has written: each run is made again from its settings, without a screen, and every
condition of the last exercise (F1 to F9) is judged by it, and every number that is claimed. It is not believed, it is
run again.

What would take longer than about a minute is refused unread. The exit status is 0 where everything holds, 4 where
something does not, and 3 where a file is no certificate; the other files are proved all the same. 'roommate-tui help
formats' describes both JSON forms.
""")

CLASSES = N_("""\
List who shares a screen on this machine: 'roommate-tui --share NAME' shares one's own, 'roommate-tui --follow NAME'
shows it in another terminal, live, in the size, the colours and the language that one has there.

Each line is an account and the name of its class. The exit status is 0 where there is one, and 1 where there is none.
""")

EXTRACT = N_("""\
Print the rule that weights follow: the dish they choose for each weather and yesterday, each with its margin (its
probability minus the greatest other), beside the true rule; and whether the network, fed its own output for 10,000
days under a fixed random sky, from every dish, stays true to that table. Without --weights they are the hand-set
ones.

What "its own output" is, is what the network was trained with: with soft feedback the probabilities themselves,
which can drift; otherwise (hand-set weights, hard feedback, teacher forcing) the dish chosen, one-hot, which meets
no other cases than those of the table. --feedback asks for the other one.

DOT is for Graphviz, such as 'roommate-tui extract --dot | dot -Tsvg'; Mermaid is drawn by Markdown renderers. In
both, transitions that are wrong are red and dashed, and say what the rule is. 'roommate-tui help formats' describes
the JSON.
""")

SERVE = N_("""\
Show the screen in a browser: 'roommate-tui serve [--port N] [options of the screen]'. Every tab is a program of its
own; it ends when its tab is closed. Files are those of this machine.

It needs the extra "web", and says how to get it where it is missing. The server listens on this machine alone. It
prints an address on stdout that is good for one tab, and the next one when that is used. From another machine, say on
that one

  ssh -o ExitOnForwardFailure=yes -L 127.0.0.1:8000:127.0.0.1:8000 HOST

with the name of this machine for HOST, and open the address there. Ctrl+C ends.
""")

HELP = N_("""\
Print the help of a command, as COMMAND --help does, or a page of the manual.
""")

EXPLAIN_FORMATS = ("text", "json", "latex", "markdown")
