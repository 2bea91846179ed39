"""Lines behind a figure in any period: put together of months, each of which is read once.

Of named teams a period is read as one: what is shown is found among all their lines, and of a bucket that
many share no line is spread over its places that is not among them. By month it would be 200 of each.
"""

from dataclasses import replace
from heapq import merge
from itertools import islice

from roi.reports.cost import lines
from roi.reports.cost.lines import Behind, OfMonth, Wanted
from roi.reports.ground import kept
from roi.reports.ground.basis import Basis

_NOTHING = OfMonth((), (), ())


def behind(base: Basis, want: Wanted, limit: int) -> Behind:
    """As `lines.behind` says it: no bucket goes over months, so their sums are those of the period."""
    if want.span is None:
        return lines.behind(base.cursor, want, limit)
    if want.teams is not None:
        key = (*_key(base, want, limit), want.span)
        return kept.once(
            base, "lines of teams", key, lambda: lines.behind(base.cursor, want, limit), (kept.COST,)
        )
    known: dict[int, OfMonth] = kept.once(base, "lines by month", _key(base, want, limit), dict, (kept.COST,))
    for span in lines.spans([month for month in want.span.months if month not in known]):
        found = lines.by_month(base.cursor, replace(want, span=span), limit)
        known.update({month: found.get(month, _NOTHING) for month in span.months})
    its = [known[month] for month in want.span.months]
    largest = islice(merge(*(one.lines for one in its), key=lines.by_size), limit)
    return lines.together(its, tuple(largest))


def _key(base: Basis, want: Wanted, limit: int) -> kept.Key:
    """What is wanted in any month, and how it is looked at."""
    asked = {**want.params, "first": None, "last": None}
    its = (tuple(one) if isinstance(one, list) else one for one in asked.values())
    return (limit, base.currency, base.is_converted, base.may_see_pay, *its)
