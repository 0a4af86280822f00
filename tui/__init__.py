"""The terminal front end: the screen, and the commands that print."""
