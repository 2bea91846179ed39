"""`company NAME`: who this is, its currency and fiscal year. `remove-team KEY`: take a team away again."""

import argparse

from roi.cli.answer import Answer
from roi.cli.closing import restatement_option
from roi.cli.opened import Commands, add_command, opened
from roi.cli.receipts import done
from roi.commands import structure
from roi.domain.structure import Company


def register(commands: Commands) -> None:
    """The commands and their options."""
    command = add_command(commands, "company", run, "name the company, its currency and its fiscal year")
    command.add_argument("name", metavar="NAME")
    command.add_argument("--currency", required=True, help="the reporting currency, such as GBP")
    command.add_argument(
        "--fiscal-start", type=int, default=1, choices=range(1, 13), metavar="MONTH", help="1 to 12"
    )
    restatement_option(command)
    removing = add_command(commands, "remove-team", run_remove_team, "remove a team that nothing names")
    removing.add_argument("team", metavar="KEY", help="its key; what still names it is told")
    restatement_option(removing)


def run(asked: argparse.Namespace) -> Answer:
    """Save the company."""
    with opened(asked) as (store, actor):
        company = Company(asked.name, asked.currency.upper(), asked.fiscal_start)
        return done(structure.save_company(store, actor, company, restatement=asked.restatement))


def run_remove_team(asked: argparse.Namespace) -> Answer:
    """Remove the team."""
    with opened(asked) as (store, actor):
        return done(structure.remove_team(store, actor, asked.team, restatement=asked.restatement))
