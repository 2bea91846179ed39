"""`epic end`: cancel an epic or write it off. `appraisal`: how work is appraised."""

import argparse

from roi.cli.answer import Answer
from roi.cli.arguments import day, share
from roi.cli.closing import restatement_option
from roi.cli.opened import Commands, add_command, opened
from roi.cli.receipts import done
from roi.commands import appraisal_settings, epics
from roi.domain.value import Ending

_ENDINGS = (Ending.CANCELLED, Ending.WRITTEN_OFF)


def register(commands: Commands) -> None:
    """Both commands and their options."""
    verbs = commands.add_parser("epic", help="end an epic that does not go on")
    kinds = verbs.add_subparsers(title="what to do", metavar="VERB", required=True)
    ending = add_command(kinds, "end", run_end, "its cost stays, its claims count nothing from then on")
    ending.add_argument("epic", metavar="EPIC", help="its key")
    ending.add_argument("day", type=day, metavar="DAY")
    ending.add_argument("how", type=Ending, choices=_ENDINGS, metavar="HOW", help=", ".join(_ENDINGS))
    ending.add_argument("--because", required=True, help="why")
    restatement_option(ending)
    setting = add_command(
        commands, "appraisal", run_appraisal, "set discount rate, horizon, half-life, run cost"
    )
    setting.add_argument("rate", type=share, metavar="RATE", help="a year, such as 10%%")
    setting.add_argument("horizon", type=int, metavar="MONTHS", help="for how many months benefits count")
    setting.add_argument("half_life", type=int, metavar="HALF-LIFE", help="months until half of one is left")
    setting.add_argument("--run-cost", type=share, metavar="SHARE", help="of build cost a year, such as 15%%")


def run_end(asked: argparse.Namespace) -> Answer:
    """End the epic."""
    end = epics.EpicEnd(asked.epic, asked.day, asked.how, asked.because)
    with opened(asked) as (store, actor):
        return done(epics.end_epic(store, actor, end, restatement=asked.restatement))


def run_appraisal(asked: argparse.Namespace) -> Answer:
    """Set how work is appraised."""
    with opened(asked) as (store, actor):
        said = (asked.rate, asked.horizon, asked.half_life)
        made = appraisal_settings.save_appraisal(store, actor, *said, run_cost_share=asked.run_cost)
        return done(made)
