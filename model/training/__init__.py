"""Training: settings, batches, updates, and a run whose every update can be visited again."""
