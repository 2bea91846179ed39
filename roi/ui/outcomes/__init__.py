"""The forms about work and its outcomes, and what they say while they are filled in."""
