"""Pure drawing: a value of the core in, styled text out. No widgets, no state."""
