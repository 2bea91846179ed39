"""A made-up cost ledger of any size: the same bytes for the same seed and size."""

import random
from collections.abc import Iterator
from pathlib import Path

TEAMS = tuple(f"Team {number:03d}" for number in range(1, 51))
MONTHS = tuple(f"{year}-{month:02d}" for year in (2024, 2025, 2026) for month in range(1, 13))
CATEGORIES = ("Salaries", "Contractors", "Cloud", "Software", "Travel", "Hardware", "Training")
SUPPLIERS = tuple(f"Supplier {number:04d} Ltd" for number in range(800))
HEADER = "month,team,cost_centre,category,supplier,description,scenario,amount,currency"

_AT_ONCE = 10_000


def write(path: Path, lines: int, seed: int) -> Path:
    """Write the ledger unless it is there already."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".partial")
        with partial.open("w", encoding="utf-8", newline="") as file:
            file.write(HEADER + "\n")
            file.writelines(_parts(lines, random.Random(seed)))
        partial.replace(path)
    return path


def _parts(lines: int, chance: random.Random) -> Iterator[str]:
    """The lines, some thousand at a time."""
    for first in range(0, lines, _AT_ONCE):
        count = min(_AT_ONCE, lines - first)
        yield "".join(_line(first + number, chance) for number in range(count))


def _line(number: int, chance: random.Random) -> str:
    """Four of five lines name a team, the others a cost centre; a few are credits."""
    named = chance.random() < 0.8
    team = chance.choice(TEAMS) if named else ""
    centre = "" if named else f"CC{chance.randrange(200):04d}"
    minor = chance.randrange(1_00, 90_000_00) * (-1 if chance.random() < 0.03 else 1)
    sign, (major, rest) = "-" if minor < 0 else "", divmod(abs(minor), 100)
    cells = (
        chance.choice(MONTHS),
        team,
        centre,
        chance.choice(CATEGORIES),
        chance.choice(SUPPLIERS),
        f'"Invoice {number:07d}, part {chance.randrange(1, 9)}"',
        "actual",
        f"{sign}{major}.{rest:02d}",
        "EUR",
    )
    return ",".join(cells) + "\n"
