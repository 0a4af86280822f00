"""Networks: their cells, weights, and the one forward and the one backward pass."""
