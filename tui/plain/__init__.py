"""The walk as lines of text and prompts: for screen readers, dumb terminals and pipes. Nothing here needs Textual."""
