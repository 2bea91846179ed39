"""A tracker's export, without its people: issues, links and states."""
