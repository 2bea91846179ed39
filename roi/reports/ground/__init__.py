"""What every report stands on: one snapshot with its scope, structure, rates, and what is kept of it."""
