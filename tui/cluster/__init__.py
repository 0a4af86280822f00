"""Other machines: a cluster that does the work of a sweep."""
