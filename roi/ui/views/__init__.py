"""What pages draw: one module a block of a page."""
