"""`map`, `centre`: which team carries a cost area, or a cost centre. `control`: what the books show."""

import argparse
from typing import Literal

from roi.cli.answer import Answer
from roi.cli.arguments import amount, span
from roi.cli.closing import restatement_option
from roi.cli.opened import Commands, add_command, opened
from roi.cli.receipts import done
from roi.commands import mapping
from roi.commands.mapping import StatedTotal

_KINDS: dict[str, Literal["team", "cost_centre", "pool"]] = {
    "team": "team",
    "cost_centre": "cost_centre",
    "pool": "pool",
}


def register(commands: Commands) -> None:
    """The commands and their options."""
    maps = add_command(commands, "map", run_map, "say which team, cost centre or pool carries a cost area")
    maps.add_argument("source", metavar="SOURCE")
    maps.add_argument(
        "targets",
        nargs="+",
        type=_target,
        metavar="AREA=KIND:KEY",
        help="such as “G CLOUD=team:g-cloud”, =cost_centre:4711, =pool:cloud, or =suspense to take it back",
    )
    maps.add_argument("--reason", default="", help="why")
    restatement_option(maps)
    centre = add_command(commands, "centre", run_centre, "say which team carries a cost centre")
    centre.add_argument("cost_centre", metavar="CENTRE", help="as areas are mapped to it")
    centre.add_argument("team", metavar="TEAM", help="its key; “suspense” while it is not decided")
    restatement_option(centre)
    control = add_command(commands, "control", run_control, "state what the books show for a source's months")
    control.add_argument("source", metavar="SOURCE")
    control.add_argument("period", type=span, metavar="PERIOD", help="2015-01 or 2015-01..2015-12")
    control.add_argument("amount", type=amount, metavar="AMOUNT")
    control.add_argument("currency", metavar="CURRENCY")
    control.add_argument("--scenario", default="actual")
    control.add_argument("--reason", default="", help="why the ledger may differ")


def _target(text: str) -> mapping.AreaTarget:
    """The area may hold equals signs itself; the last one counts."""
    area, mark, where = text.rpartition("=")
    kind, colon, value = where.partition(":")
    if mark and where.strip() == "suspense":
        return mapping.AreaTarget(area, "", "")
    if not (mark and colon and kind in _KINDS and value.strip()):
        raise argparse.ArgumentTypeError(
            f"“{text}” is not AREA=team:KEY, cost_centre:KEY, pool:KEY or suspense"
        )
    return mapping.AreaTarget(area, _KINDS[kind], value.strip())


def run_map(asked: argparse.Namespace) -> Answer:
    """Map the areas, all in one change."""
    with opened(asked) as (store, actor):
        receipt = mapping.map_areas(
            store, actor, asked.source, asked.targets, asked.reason, restatement=asked.restatement
        )
        return done(receipt)


def run_centre(asked: argparse.Namespace) -> Answer:
    """Give the cost centre to the team, or to nobody yet."""
    team = "" if asked.team == "suspense" else asked.team
    with opened(asked) as (store, actor):
        told = asked.restatement
        return done(mapping.set_cost_centre(store, actor, asked.cost_centre, team, restatement=told))


def run_control(asked: argparse.Namespace) -> Answer:
    """State a control total."""
    with opened(asked) as (store, actor):
        currency = asked.currency.upper()
        stated = StatedTotal(asked.source, asked.scenario, asked.period, asked.amount, currency, asked.reason)
        return done(mapping.state_control_total(store, actor, stated))
