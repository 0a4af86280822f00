"""The screen in a browser: a server for this machine and one person, and the driver that draws there."""

DRIVER = f"{__name__}.driver:BrowserDriver"
"""What TEXTUAL_DRIVER says to a program that a browser shows."""
