"""The program's words: lessons, narration, verdicts, and characters to write them with; no Textual."""
