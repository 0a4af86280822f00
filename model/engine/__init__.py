"""Training in compiled code: what cells and optimizers ask of numpy is noted, written as loops, and compiled."""
