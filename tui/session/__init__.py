"""What both front ends share: commands, runs, the training loop; neither Textual nor lines."""
