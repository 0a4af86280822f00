"""The panels of the screen: each holds one value and draws it."""
