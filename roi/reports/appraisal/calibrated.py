"""How good were the forecasts of the company, of teams and of kinds of work (decision D32: never a person's)?

Judged is the forecast that was frozen when work started (law T11), in the metric's own unit (rule V18). Below
eight read forecasts the group above is used: team, value stream, company; kind of work, company. A copy
promises nothing more than its origin did, so it is in no record (law T4, rule V12). The next
forecast is drawn by the record of its team: the epics of one kind are of many teams, whose habits differ.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import NamedTuple

from roi.domain import calibration
from roi.domain import outcomes as told
from roi.domain.answers import Answer
from roi.domain.calibration import FEWEST_READ, Calibration, Forecast, Group, GroupKind
from roi.domain.money import MINOR_DIGITS, SHARE_WHOLE
from roi.domain.periods import LAST_MONTH
from roi.domain.structure import EpicKind, Outcome, ValueClass
from roi.reports.booked.work import Work
from roi.reports.ground import converting, kept
from roi.reports.shapes.value import CalibrationRow, PromiseRow
from roi.reports.value.agreed import once
from roi.reports.value.valued import Valued

COMPANY = Group(GroupKind.COMPANY, "")

KIND_NAMES = {
    EpicKind.FEATURE: "Features",
    EpicKind.TECHNICAL_DEBT: "Technical debt",
    EpicKind.DEFECT: "Defects",
    EpicKind.RISK: "Risk",
}


@dataclass(frozen=True)
class Records:
    """Every forecast by group, the group above each, and the records that were looked up so far.

    `given_up` counts those that ended before a reading, and so brought nothing. Of `moving` groups the
    weights change with the rates of the period; the records and rows of all others stand in every period.
    """

    by_group: Mapping[Group, Sequence[Forecast]]
    above: Mapping[Group, Group]
    names: Mapping[Group, str]
    given_up: Mapping[Group, int]
    counts: Mapping[Group, int]
    moving: Collection[Group] = frozenset()
    known: dict[Group, Answer[Calibration]] = field(default_factory=dict)
    standing: dict[Group, Answer[Calibration]] = field(default_factory=dict)
    rows: dict[Group, CalibrationRow] = field(default_factory=dict)

    def moves(self, group: Group) -> bool:
        """Whether its record, or one above it, is another in another period."""
        if not self.moving:
            return False
        return group in self.moving or (group in self.above and self.moves(self.above[group]))

    def read(self, group: Group) -> int:
        """How many of its forecasts are read."""
        return self.counts.get(group, 0)

    def judged(self, group: Group) -> Group:
        """The group whose record answers for it."""
        while self.read(group) < FEWEST_READ and group in self.above:
            group = self.above[group]
        return group

    def of(self, group: Group) -> Answer[Calibration]:
        """The record of a group, its own or that of the nearest group above with eight read forecasts."""
        judged = self.judged(group)
        known = self.known if judged in self.moving else self.standing
        if judged not in known:
            forecasts = _comparable(self.by_group.get(judged, ()))
            known[judged] = calibration.calibration(judged, forecasts, {})
        found = known[judged]
        if found.value is None or found.value.asked == group:
            return found
        return replace(found, value=replace(found.value, asked=group))

    def factor(self, group: Group) -> float | None:
        """By what its next forecast is multiplied: its record drawn towards that of the group above."""
        own = self.of(group).value
        if own is None:
            return None
        higher = self.of(self._higher(own.judged)).value
        return calibration.haircut(own, higher or own).factor

    def _higher(self, group: Group) -> Group:
        """The nearest group above that has read forecasts beside its own; itself when there is none."""
        found = group
        while found in self.above:
            found = self.above[found]
            if self.read(found) > self.read(group):
                return found
        return group


def _comparable(forecasts: Sequence[Forecast]) -> Sequence[Forecast]:
    """Weighed by promised money where all of them have it, else each alike: units are never added."""
    if all(one.weight is not None for one in forecasts):
        return forecasts
    return [one._replace(weight=Decimal(1)) for one in forecasts]


class _Promise(NamedTuple):
    """A forecast, and what a month of it was to bring where that is in another currency than the report."""

    forecast: Forecast
    foreign: tuple[int, str] | None = None


class _Standing(NamedTuple):
    """The records of all periods, with the promises of the groups that move with the rates."""

    records: Records
    moving: Mapping[Group, Sequence[_Promise]]


def load(work: Work) -> Records:
    """The forecasts of all outcomes, by the groups that they belong to; kept for each version of a store."""
    base = work.basis
    shown = base.currency, base.is_converted
    found = kept.once(base, "forecasts", shown, lambda: _load(work), kept.WHOLE)
    if not found.moving:
        return found.records
    last = base.span.last if base.span is not None else None
    return kept.once(base, "calibration", (*shown, last), lambda: _at(work, found), kept.WHOLE)


def _load(work: Work) -> _Standing:
    streams = {team.key: team.value_stream for team in work.basis.teams}
    promises: dict[Group, list[_Promise]] = {COMPANY: []}
    above: dict[Group, Group] = {}
    given_up: Counter[Group] = Counter()
    for item in work.valued:
        groups = _groups(item, streams)
        above |= dict(pairwise(groups))
        kind = Group(GroupKind.KIND, item.epic.kind.value)
        above[kind] = COMPANY
        if work.agreed.is_copy(item.claim):
            continue
        made = _promised_by(work, item, frozenset({*groups, kind}))
        if made is not None:
            for group in made.forecast.groups:
                promises.setdefault(group, []).append(made)
            if made.forecast.actual is not None and not item.is_read:
                given_up.update(made.forecast.groups)
    by_group = {group: [one.forecast for one in its] for group, its in promises.items()}
    counts = {
        group: sum([one.actual is not None for one in forecasts]) for group, forecasts in by_group.items()
    }
    moving = {group: its for group, its in promises.items() if _is_moving(its)}
    names = _names(work, streams)
    return _Standing(Records(by_group, above, names, given_up, counts, frozenset(moving)), moving)


def _names(work: Work, streams: Mapping[str, str]) -> dict[Group, str]:
    names = {Group(GroupKind.TEAM, team.key): team.name for team in work.basis.teams}
    names |= {Group(GroupKind.VALUE_STREAM, name): name for name in streams.values() if name}
    names |= {Group(GroupKind.KIND, kind.value): name for kind, name in KIND_NAMES.items()}
    return {**names, COMPANY: "Company"}


def _is_moving(its: Sequence[_Promise]) -> bool:
    """Whether rates weigh some of them: where one has no weight at all, each counts alike."""
    has_all = all(one.foreign is not None or one.forecast.weight is not None for one in its)
    return has_all and any(one.foreign is not None for one in its)


def _at(work: Work, found: _Standing) -> Records:
    """With what is promised in other currencies weighed at the rates of the period."""
    moved = {group: [_weighed(work, one) for one in its] for group, its in found.moving.items()}
    return replace(found.records, by_group={**found.records.by_group, **moved}, known={})


def _weighed(work: Work, one: _Promise) -> Forecast:
    if one.foreign is None:
        return one.forecast
    at = work.basis.span.last if work.basis.span is not None else LAST_MONTH
    weight = converting.at_latest(work.basis, *one.foreign, at)
    return one.forecast if weight is None else one.forecast._replace(weight=Decimal(weight))


def _groups(item: Valued, streams: Mapping[str, str]) -> list[Group]:
    """From its team upwards."""
    stream = streams.get(item.epic.team, "")
    middle = [Group(GroupKind.VALUE_STREAM, stream)] if stream else []
    return [Group(GroupKind.TEAM, item.epic.team), *middle, COMPANY]


def as_promised(work: Work, outcome: Outcome) -> Outcome:
    """The outcome with the targets that were frozen when work started; its own while none are."""
    return once(work.agreed, ("promised", outcome.key), lambda: _as_promised(work, outcome))


def _as_promised(work: Work, outcome: Outcome) -> Outcome:
    frozen = work.values.forecasts.get(outcome.key)
    if frozen is None:
        return outcome
    return replace(
        outcome,
        baseline=frozen.baseline,
        target_low=frozen.target_low,
        target_likely=frozen.target_likely,
        target_high=frozen.target_high,
        by_when=frozen.by_when or outcome.by_when,
        unit_value=outcome.unit_value if frozen.unit_value is None else frozen.unit_value,
        currency=frozen.currency or outcome.currency,
        share_likely=frozen.share_likely,
    )


def _promised_by(work: Work, item: Valued, groups: frozenset[Group]) -> _Promise | None:
    """What was promised and what came, in the good direction; None where no change was promised."""
    made = once(work.agreed, ("forecast", item.outcome.key), lambda: _forecast(work, item))
    if made is None:
        return None
    forecast, month, currency = made
    forecast = forecast._replace(groups=groups)
    if month is None:
        return _Promise(forecast)
    if currency == work.basis.currency:
        return _Promise(forecast._replace(weight=Decimal(month)))
    return _Promise(forecast, (month, currency))


def _forecast(work: Work, item: Valued) -> tuple[Forecast, int | None, str] | None:
    """The same without groups and weight, and what a month was to bring; None where nobody can tell."""
    promised = as_promised(work, item.outcome)
    ends = [told.movement(promised, promised.target_low), told.movement(promised, promised.target_high)]
    likely = told.movement(promised, promised.target_likely)
    if likely <= 0:
        return None
    actual = None if promised.actual is None else told.movement(promised, promised.actual)
    if actual is None and item.claim.ended_on is not None:
        actual = Decimal(0)
    made = Forecast(min(ends), likely, max(ends), actual, frozenset())
    return made, _month(promised), promised.currency


def _month(promised: Outcome) -> int | None:
    """What a month of it was to bring, in its own currency; None where nobody can tell."""
    if promised.value_class is ValueClass.NOT_FINANCIAL or promised.currency not in MINOR_DIGITS:
        return None
    month = told.expected_month(promised)
    return None if month is None or month.likely <= 0 else month.likely


# Rows


def rows(work: Work) -> tuple[CalibrationRow, ...]:
    """The company, value streams that answer for a team, teams, kinds of work; each that has an outcome."""
    found = load(work)
    teams = sorted(
        (group for group in found.by_group if group.kind is GroupKind.TEAM),
        key=lambda group: found.names.get(group, group.key),
    )
    answering = {found.judged(team) for team in teams}
    streams = sorted(group for group in answering if group.kind is GroupKind.VALUE_STREAM)
    kinds = [Group(GroupKind.KIND, kind.value) for kind in EpicKind]
    held = [kind for kind in kinds if kind in found.by_group]
    return tuple(row(found, group) for group in (COMPANY, *streams, *teams, *held))


def of_team(work: Work, team: str) -> CalibrationRow:
    """The record of one team."""
    return row(load(work), Group(GroupKind.TEAM, team))


def row(records: Records, group: Group) -> CalibrationRow:
    """One group's record, whose record it is, and what it means for the next forecast."""
    if records.moves(group):
        return _row(records, group)
    if group not in records.rows:
        records.rows[group] = _row(records, group)
    return records.rows[group]


def _row(records: Records, group: Group) -> CalibrationRow:
    answer = records.of(group)
    name = records.names.get(group, group.key)
    pending = sum(one.actual is None for one in records.by_group.get(group, ()))
    found = answer.value
    if found is None:
        return CalibrationRow(
            group.kind.value,
            group.key,
            name,
            "",
            records.read(group),
            pending,
            0,
            None,
            None,
            None,
            None,
            is_overconfident=False,
            haircut=None,
            answer=answer.reason,
        )
    factor = records.factor(group)
    return CalibrationRow(
        group.kind.value,
        group.key,
        name,
        records.names.get(found.judged, found.judged.key),
        found.count,
        pending,
        found.hits,
        _ppm(found.bias),
        _ppm(found.realisation),
        (_ppm(found.hit_rate.low), _ppm(found.hit_rate.share), _ppm(found.hit_rate.high)),
        _ppm(found.interval_score),
        is_overconfident=found.is_overconfident,
        haircut=None if factor is None else _ppm(factor),
        given_up=records.given_up.get(found.judged, 0),
    )


def _ppm(share: float) -> int:
    return round(share * SHARE_WHOLE)


# Promise against result


def promise(work: Work, item: Valued) -> PromiseRow | None:
    """The promised range and what came, as shares of the promised change; None without a promise."""
    name = "promise", item.outcome.key, work.today
    return once(work.agreed, name, lambda: _promise(work, item))


def _promise(work: Work, item: Valued) -> PromiseRow | None:
    promised = as_promised(work, item.outcome)
    low, high = (told.progress_at(promised, end) for end in (promised.target_low, promised.target_high))
    if low is None or high is None:
        return None
    closure = work.values.closures.get(item.outcome.key)
    said = closure.landed.value if closure is not None and closure.landed is not None else ""
    return PromiseRow(
        item.outcome.key,
        item.outcome.metric,
        item.epic.key,
        min(low, high),
        max(low, high),
        told.progress(promised),
        said or told.landed(promised),
        item.state == "confirmed",
        changes(item.outcome, told.progress(promised)),
    )


def changes(outcome: Outcome, actual: int | None) -> tuple[int, int] | None:
    """Promised and actual change in shares of where the metric stood; `actual` in shares of the promise."""
    if actual is None or outcome.baseline == 0:
        return None
    change = abs(outcome.target_likely - outcome.baseline) / abs(outcome.baseline)
    promised, came = (change * Decimal(share) for share in (SHARE_WHOLE, actual))
    return int(promised.to_integral_value(ROUND_HALF_UP)), int(came.to_integral_value(ROUND_HALF_UP))


def promises(work: Work, items: Sequence[Valued]) -> tuple[PromiseRow, ...]:
    """Every outcome that promised a change, read or not, in the order of their epics' start."""
    found = [promise(work, item) for item in items]
    return tuple(one for one in found if one is not None)


def farthest(found: Iterable[PromiseRow]) -> tuple[PromiseRow, ...]:
    """Those with changes, by how far the actual is from the promise."""
    placed = [(-abs(one.changes[1] - one.changes[0]), one.outcome, one) for one in found if one.changes]
    return tuple(one for *_, one in sorted(placed, key=lambda one: one[:2]))
