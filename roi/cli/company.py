"""`company NAME`: who this is, its reporting currency and its fiscal year."""

import argparse

from roi.cli.answer import Answer
from roi.cli.closing import restatement_option
from roi.cli.opened import Commands, add_command, opened
from roi.cli.receipts import done
from roi.commands import structure
from roi.domain.structure import Company


def register(commands: Commands) -> None:
    """The command and its options."""
    command = add_command(commands, "company", run, "name the company, its currency and its fiscal year")
    command.add_argument("name", metavar="NAME")
    command.add_argument("--currency", required=True, help="the reporting currency, such as GBP")
    command.add_argument(
        "--fiscal-start", type=int, default=1, choices=range(1, 13), metavar="MONTH", help="1 to 12"
    )
    restatement_option(command)


def run(asked: argparse.Namespace) -> Answer:
    """Save the company."""
    with opened(asked) as (store, actor):
        company = Company(asked.name, asked.currency.upper(), asked.fiscal_start)
        return done(structure.save_company(store, actor, company, restatement=asked.restatement))
