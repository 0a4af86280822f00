"""The Textual app: themes, preferences, its start and its end."""
