"""To be filled."""

from roi.ui import parts

parts.eyebrow_and_title("Teams", "Teams")
