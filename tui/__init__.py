"""The terminal front end: the screen, and the commands that print."""

__version__ = "0.1.0"
PROGRAM = "roommate-tui"
