"""The roommate who is imitated: a finite-state machine, as a value, as a scenario, and as days that were observed."""
