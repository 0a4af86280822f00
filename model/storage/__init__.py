"""Files: read within bounds, checked, and written whole or not at all."""
