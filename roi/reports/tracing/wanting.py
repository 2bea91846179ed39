"""Which lines of files stand behind a figure of cost: by place, team and month, as a reader may see them."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from roi.domain.periods import Span
from roi.reports.cost.lines import Wanted, spans
from roi.reports.ground.structure import Group
from roi.reports.tracing.asked import Asked


def wants(
    asked: Asked,
    places: Iterable[str | None],
    teams: Group | None = None,
    months: Sequence[int] | None = None,
) -> tuple[Wanted, ...]:
    """Lines of the places in the report's currency; of some teams, in the months in which they belong."""
    base = asked.base
    if base.span is None:
        return ()
    want = Wanted(currency=None if base.is_converted else base.currency, pay=not base.at_standard_rates)
    looked = base.span.months if months is None else list(months)
    return tuple(
        replace(want, placed=place, teams=keys, span=span)
        for place in places
        for keys, span in _runs(looked, teams)
    )


def _runs(months: list[int], teams: Group | None) -> list[tuple[list[str] | None, Span]]:
    if teams is None:
        return [(None, span) for span in spans(months)]
    sets: dict[frozenset[int] | None, list[str]] = {}
    for team, its in teams.months.items():
        sets.setdefault(its, []).append(team)
    return [
        (sorted(keys), span)
        for its, keys in sets.items()
        for span in spans([month for month in months if its is None or month in its])
    ]
