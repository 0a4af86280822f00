"""Every command that a person can give, as a function with all that is to be said of it."""
