"""Sweeps: many trainings over a grid of settings, counted in each cell, on one core or on a thousand."""
