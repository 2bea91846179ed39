"""Files that want to do harm, and the largest that is taken: processor seconds and memory of each, apart."""

import tempfile
from pathlib import Path

from tests import hostile
from tests.hostile import LARGEST_SECONDS, MEGABYTES, SECONDS

PROJECT = Path(__file__).resolve().parents[1]


def measure(out: Path) -> bool:
    """Read each in a process of its own and print; whether the budgets are kept."""
    print(f"hostile: refused within {SECONDS} s of processor and {MEGABYTES} MB; the largest is read")
    texts = {f"{name}.csv": (hostile.HEADER + text).encode() for name, text in hostile.LONG.items()}
    books = {f"{name}.xlsx": content for name, content in hostile.TRAPS.items()}
    kept = [_read(out, name, content, SECONDS) for name, content in {**texts, **books}.items()]
    return min(*kept, _read(out, "the largest.xlsx", hostile.largest(), LARGEST_SECONDS))


def _read(out: Path, name: str, content: bytes, most: int) -> bool:
    with tempfile.TemporaryDirectory(dir=out) as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        found = hostile.read_apart(path, PROJECT)
    print(f"  {name}: {found.became} in {found.seconds:.1f} s (budget {most}), {found.megabytes} MB")
    return found.seconds <= most and found.megabytes <= MEGABYTES
