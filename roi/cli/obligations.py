"""`obligations`: what has to be done by which day, ranked, from the same report as the page (rule V15)."""

import argparse

from roi.cli.answer import DONE, Answer, amount_text, table
from roi.cli.figures import figure_data, scope_of, scope_options, shown
from roi.cli.opened import Commands, add_command, opened
from roi.reports import obligations
from roi.reports.shapes.obligations import ObligationRow, ObligationsReport
from roi.story import obligation_titles, words


def register(commands: Commands) -> None:
    """The command and its options."""
    listing = add_command(
        commands, "obligations", run, "obligations by deadline and penalty, with no verdict"
    )
    scope_options(listing)


def run(asked: argparse.Namespace) -> Answer:
    """The list."""
    with opened(asked) as (store, actor):
        report = obligations.build(store, actor, scope_of(asked), store.today)
    return Answer(DONE, _lines(report), _data(report))


def _lines(report: ObligationsReport) -> tuple[str, ...]:
    head = obligation_titles.obligations(report.rows).text
    if not report.rows:
        return (head,)
    named = ("Obligation", "Team", "Deadline", "Standing", "Penalty if missed", "Cost so far")
    return (head, *table([named, *(_line(row) for row in report.rows)], right=(4, 5)))


def _line(row: ObligationRow) -> tuple[str, ...]:
    its = row.obligation
    return (
        row.epic.name,
        row.team_name,
        words.day(its.deadline) if its is not None else "",
        obligation_titles.planned(row),
        shown(row.penalty),
        shown(row.cost),
    )


def _data(report: ObligationsReport) -> dict[str, object]:
    return {
        "outcome": "done",
        "version": report.version,
        "currency": report.currency,
        "obligations": [_row(place, row) for place, row in enumerate(report.rows, 1)],
    }


def _row(place: int, row: ObligationRow) -> dict[str, object]:
    its = row.obligation
    recorded = None if its is None or its.penalty_minor is None else its
    return {
        "rank": place,
        "epic": row.epic.key,
        "name": row.epic.name,
        "team": row.epic.team,
        "kind": its.kind.value if its is not None else None,
        "deadline": its.deadline.isoformat() if its is not None else None,
        "standing": row.judgement.standing.value,
        "days": row.judgement.days,
        "planned": row.planned_on.isoformat() if row.planned_on is not None else None,
        "delivered": row.epic.delivered.isoformat() if row.epic.delivered is not None else None,
        "penalty_recorded": amount_text(recorded.penalty_minor or 0, recorded.currency) if recorded else None,
        "penalty_currency": recorded.currency if recorded else None,
        "penalty": figure_data(row.penalty),
        "cost": figure_data(row.cost),
        "note": its.note if its is not None else "",
        **_settled(row),
    }


def _settled(row: ObligationRow) -> dict[str, object]:
    """What came of it: the day on which it was accepted as met, and the penalty that was paid."""
    came = row.met
    paid = came.paid_minor if came is not None else None
    return {
        "met_on": came.met_on.isoformat() if came is not None and came.met_on is not None else None,
        "paid_recorded": amount_text(paid, came.currency) if came is not None and paid is not None else None,
        "paid_currency": came.currency if came is not None and paid is not None else None,
    }
