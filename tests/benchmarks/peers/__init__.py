"""Others that do the trainer's work: written independently of `model`, each as its own users would write it."""
