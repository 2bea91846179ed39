"""`demo`: make the fictional company Alder Learning, to look around in and to try things out."""

import argparse

from roi.cli.answer import DONE, Answer
from roi.cli.opened import Commands, add_command
from roi.demo import company, files, home


def register(commands: Commands) -> None:
    """The command and its options."""
    about = f"make the demo company {company.COMPANY.name} in a database of its own"
    command = add_command(commands, "demo", run, about)
    command.add_argument(
        "--fresh", action="store_true", help="make it anew; what was tried out in it is gone"
    )
    command.add_argument("--write", action="store_true", help="write its files to data/demo as well")
    command.add_argument(
        "--if-first", action="store_true", help="only where the dashboard would open it (ROI_COMPANY)"
    )


def run(asked: argparse.Namespace) -> Answer:
    """Write its files if asked, and make the demo company unless it is there as this program makes it."""
    written = files.write(home.files_folder()) if asked.write else []
    lines = [f"Wrote {len(written)} files to {home.files_folder()}."] if written else []
    path = home.demo_path()
    is_wanted = not asked.if_first or home.chosen() is home.Company.DEMO
    is_made = is_wanted and (asked.fresh or not home.is_current(path))
    if is_made:
        if not asked.json:
            print(f"Making the demo company {company.COMPANY.name}, which takes about ten seconds.")
        home.make(path)
    if is_wanted:
        state = "is made" if is_made else "is there already"
        lines.append(f"The demo company {company.COMPANY.name} {state}: {path}")
    data = {"outcome": "done", "database": str(path), "made": is_made, "files": [p.name for p in written]}
    return Answer(DONE, tuple(lines), data)
