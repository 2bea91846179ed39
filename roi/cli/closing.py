"""`close MONTH…`: from then on the figures of these months move only by a named restatement."""

import argparse

from roi.cli.answer import Answer
from roi.cli.arguments import span
from roi.cli.opened import Commands, add_command, opened
from roi.cli.receipts import done
from roi.commands import closing


def register(commands: Commands) -> None:
    """The command and its options."""
    command = add_command(commands, "close", run, "close months; to open one again, undo the change")
    command.add_argument(
        "months", nargs="+", type=span, metavar="MONTH", help="such as 2026-09, or 2026-01..2026-09"
    )
    command.add_argument("--reason", default="", help="why")


def restatement_option(command: argparse.ArgumentParser) -> None:
    """The option by which a change may move the figures of closed months."""
    command.add_argument(
        "--restatement",
        default="",
        metavar="REASON",
        help="figures of closed months may move, and why; both numbers are kept",
    )


def run(asked: argparse.Namespace) -> Answer:
    """Close the months, all in one change."""
    months = sorted({month for one in asked.months for month in one.months})
    with opened(asked) as (store, actor):
        return done(closing.close_months(store, actor, months, asked.reason))
