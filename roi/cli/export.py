"""`export ledger|team-costs|obligations`: the same CSV files as the pages hand out."""

import argparse
from pathlib import Path

from roi.cli.answer import DONE, Answer
from roi.cli.figures import scope_of, scope_options
from roi.cli.opened import Commands, add_command, opened
from roi.reports import export
from roi.reports.shapes import LedgerFilter
from roi.story import words


def register(commands: Commands) -> None:
    """The command and its options."""
    command = add_command(
        commands, "export", run, "write ledger lines, the cost of teams by month, or obligations, as CSV"
    )
    kinds = ["ledger", "team-costs", "obligations"]
    command.add_argument("what", choices=kinds, metavar="|".join(kinds))
    command.add_argument("--out", type=Path, metavar="FILE", help="the default is its own name, here")
    command.add_argument("--team", help="lines of one team (ledger)")
    command.add_argument("--source", help="lines of one source (ledger)")
    scope_options(command)


def run(asked: argparse.Namespace) -> Answer:
    """Write the file and say where it is."""
    with opened(asked) as (store, actor):
        if asked.what == "ledger":
            wanted = LedgerFilter(asked.period, asked.source, asked.team, currency=asked.currency)
            made = export.ledger_csv(store, actor, wanted)
        elif asked.what == "obligations":
            made = export.obligations_csv(store, actor, scope_of(asked), store.today)
        else:
            made = export.team_cost_csv(store, actor, scope_of(asked))
    path = asked.out or Path(made.file_name)
    path.write_bytes(made.content)
    line = f"Wrote {words.counted(made.rows, 'row')} to {path}"
    return Answer(
        DONE, (line,), {"outcome": "done", "file": str(path), "rows": made.rows, "sha256": made.sha256}
    )
