"""Measures import, restore, upload, hostile files, figures, pages, the browser, in turn in the same run.

Absolute times depend on the machine and what else it does; ratios of processor time do so much less. Each
part runs in a process of its own, so that its memory is its own. Exit status 1 when a budget is exceeded.
"""

import argparse
import subprocess
import sys
from pathlib import Path

from bench import browser, hostile, importing, pages, ready, rebuild, restoring, values, wizard
from bench.company import SCALES

OUT = Path(__file__).parent / "out"
PARTS = ("import", "wizard", "restore", "hostile", "figures", "values", "pages", "browser")
UPLOAD_LINES = 100_000


def main() -> int:
    """Measure what is asked, print, and answer with the exit status."""
    asked = _arguments()
    OUT.mkdir(exist_ok=True)
    if asked.part:
        return int(not _measured(asked))
    parts = [(part, "medium") for part in PARTS[:4] if part in asked.only]
    parts += [(part, scale) for part in PARTS[4:] if part in asked.only for scale in asked.scales]
    over = [f"{part} {scale}" for part, scale in parts if _apart(asked, part, scale)]
    print(f"OVER BUDGET: {', '.join(over)}" if over else "within budget")
    return int(bool(over))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    parser.add_argument("--scales", nargs="+", choices=list(SCALES), default=["small", "medium"])
    parser.add_argument("--lines", type=int, default=1_000_000, help="of the file that is imported")
    parser.add_argument("--rounds", type=int, default=2, help="of import and restore")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--part", nargs=2, metavar=("PART", "SCALE"), help="one part, in this process")
    return parser.parse_args()


def _apart(asked: argparse.Namespace, part: str, scale: str) -> int:
    """Measure one part in a process of its own; its exit status."""
    about = [f"--{name}={getattr(asked, name)}" for name in ("lines", "rounds", "seed")]
    command = [sys.executable, "-m", "bench", *about, "--part", part, scale]
    return subprocess.run(command, check=False).returncode


def _measured(asked: argparse.Namespace) -> bool:
    part, scale = asked.part
    if part == "import":
        return importing.measure(asked.lines, asked.rounds, asked.seed)
    if part == "restore":
        return restoring.measure(asked.lines, asked.rounds, asked.seed, OUT)
    if part == "hostile":
        return hostile.measure(OUT)
    if part == "wizard":
        return wizard.measure(min(asked.lines, UPLOAD_LINES), asked.seed, OUT)
    if part == "figures":
        return rebuild.say(scale, rebuild.measure(scale, OUT))
    if part == "values":
        return values.measure(scale, OUT)
    if part == "browser":
        return browser.measure(scale, OUT)
    kept = pages.measure(scale, OUT)
    return (scale != "medium" or ready.measure(OUT)) and kept


if __name__ == "__main__":
    sys.exit(main())
