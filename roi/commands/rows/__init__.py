"""The lists by template: their columns, and how their rows become rows of the store."""
