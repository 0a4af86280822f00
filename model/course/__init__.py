"""The course: pages as data, expressions over the simulation, answers, exercises and certificates."""
