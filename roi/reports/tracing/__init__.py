"""How each figure is found again, and the parts and lines that make it."""
