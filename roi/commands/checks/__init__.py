"""What can be wrong with what was asked, and what is fixed already: every check of work and value."""
