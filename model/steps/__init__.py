"""A pass told as steps: all that renderers and exporters see."""
