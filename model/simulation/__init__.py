"""Everything on the screen as one frozen value, with undo."""
