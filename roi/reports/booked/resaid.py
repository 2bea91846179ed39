"""What no period changes: worked out once, and told of the period looked at, where its figures lead."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from roi.domain.figures import Figure
from roi.reports.booked.work import Work
from roi.reports.cost.costs import Teams
from roi.reports.ground import kept
from roi.reports.ground.basis import Basis

T = TypeVar("T")


def once(work: Work, name: str, teams: Teams, make: Callable[[], T], about: kept.Key = ()) -> T:
    """The answer about some teams, made once for all periods in which the same teams stand there.

    `about` is what else it is about.
    """
    basis = work.basis
    _, *looked = basis.looked_at
    key = (work.today, _cost_to(basis), *looked, tuple(teams), work.standing(teams), about)
    found = kept.once(basis, name, key, make, kept.WHOLE)
    told: T = _of_period(found, basis)
    return told


def _cost_to(basis: Basis) -> int:
    """The last month with cost that is known, whatever period is looked at (see `work.to_date`)."""
    return max(one.last if one is not None else 0 for one in (basis.span, basis.months))


def _of_period(found: Any, basis: Basis) -> Any:  # noqa: ANN401 - any record with figures in it
    if isinstance(found, Figure):
        ends = basis.ends
        return replace(found, scope=tuple([(name, ends.get(name, its)) for name, its in found.scope]))
    if type(found) is tuple:
        return tuple([_of_period(one, basis) for one in found])
    if isinstance(found, dict):
        return {name: _of_period(one, basis) for name, one in found.items()}
    if not is_dataclass(found) or isinstance(found, type):
        return found
    its = {one.name: getattr(found, one.name) for one in fields(found)}
    told = {name: _of_period(one, basis) for name, one in its.items()}
    moved = {name: one for name, one in told.items() if one is not its[name]}
    return replace(found, **moved) if moved else found
