"""What weights have learned: their rule, how long it holds, and which unit plays which."""
