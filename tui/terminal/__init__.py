"""Between Textual and the terminal: input, what is written, recovery; all that Textual does not promise."""
