"""The screens: the walk, help, and the word about a terminal that is too small."""
