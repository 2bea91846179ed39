"""T1 and T2: no cent is lost by any import, mapping, grouping or filter."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roi.domain.periods import Span
from roi.reports import ledger, teams
from roi.reports.export import EVERYTHING
from roi.reports.shapes import LedgerFilter, Scope
from tests.laws import ledgers
from tests.laws.ledgers import DIGITS, MONTHS, Company, examples, grouped, placed

KEYS = ("month", "currency", "scenario", "placed", "team", "area")
MART = (
    "select month, currency, scenario, placed, team, "
    "case when object_kind = 'team' then '' else object end, cast(sum(amount_minor) as bigint) "
    "from mart_team_cost group by all"
)


def chosen(key, names):
    return tuple(part for name, part in zip(KEYS, key, strict=True) if name in names)


def by(names, found):
    """Sums by some of the keys; a group that sums to zero is one."""
    return grouped((chosen(key, names), minor) for key, minor in found)


def mart(store):
    with store.cursor() as cursor:
        return [(tuple(row[:-1]), row[-1]) for row in cursor.execute(MART).fetchall()]


def listed(store, finance):
    """Every line as the ledger page lists it."""
    report = ledger.build(store, finance, LedgerFilter(scenario=None), EVERYTHING)
    lines = report.lines
    assert len(lines) == report.total_lines
    assert dict(report.totals) == grouped((line.currency, line.amount) for line in lines)
    return [
        ((line.month, line.currency, line.scenario, line.placed, line.team, line.area), line.amount)
        for line in lines
    ]


GROUPINGS = [names for size in range(1, 7) for names in combinations(KEYS, size)]


@examples(8, soak=10)
@given(found=ledgers.lines(), more=ledgers.lines(most=6), company=ledgers.companies())
def test_t1_for_any_grouping_the_parts_are_the_ledger(fresh, finance, found, more, company):
    with fresh() as store:
        ledgers.bring_in(store, finance, found)
        ledgers.apply(store, finance, company, found)
        if sorted(more) == sorted(found):  # the same content is taken once
            more = []
        else:
            ledgers.bring_in(store, finance, more, source="cards")  # the mapping is of another source
        expected = [*placed(found, company), *placed(more, Company(centres=company.centres))]
        for seen in (mart(store), listed(store, finance)):
            for names in GROUPINGS:
                assert by(names, seen) == by(names, expected), names


@examples(7, soak=10)
@given(found=ledgers.lines(), company=ledgers.companies(), first=st.integers(0, 2), last=st.integers(0, 2))
def test_t1_and_t2_every_months_report_is_the_model(fresh, executive, finance, found, company, first, last):
    """Teams + others + excluded + suspense = ledger in every month, whatever is looked at."""
    span = Span(MONTHS[min(first, last)], MONTHS[max(first, last)])
    with fresh() as store:
        ledgers.bring_in(store, finance, found)
        ledgers.apply(store, finance, company, found)
        actual = [(key, minor) for key, minor in placed(found, company) if key[2] == "actual"]
        for currency in DIGITS:
            for stream in (None, "Enrolment", "Learning"):
                report = teams.build(store, executive, Scope(span, stream, currency))
                agrees(report, [(key, minor) for key, minor in actual if key[1] == currency])


def agrees(report, lines):
    per_team = by(("month", "team"), [one for one in lines if one[0][3] == "team"])
    named = {(month, one[0][4]) for one in lines for month in (one[0][0],) if one[0][3] == "team"}
    shown = {team.key for team in report.teams}
    for team in report.teams:
        assert team.by_month == tuple(
            per_team.get((month, team.key)) if (month, team.key) in named else None for month in report.months
        )
    others = report.by_month_other or (0,) * len(report.months)
    for place, month in enumerate(report.months):
        of_month = [one for one in lines if one[0][0] == month]
        parts = (
            report.by_month_teams[place],
            others[place],
            report.by_month_excluded[place],
            report.by_month_suspense[place],
        )
        assert parts == (
            sum(minor for key, minor in of_month if key[3] == "team" and key[4] in shown),
            sum(minor for key, minor in of_month if key[3] == "team" and key[4] not in shown),
            sum(minor for key, minor in of_month if key[3] == "excluded"),
            sum(minor for key, minor in of_month if key[3] == "suspense"),
        )
        assert sum(parts) == report.by_month_ledger[place]


@examples(6, soak=10)
@given(found=ledgers.lines(currencies=["USD"]), company=ledgers.companies())
def test_t2_sums_of_filtered_reports_are_the_filtered_sums(fresh, executive, finance, found, company):
    whole_span = Span(MONTHS[0], MONTHS[-1])
    with fresh() as store:
        ledgers.bring_in(store, finance, found)
        ledgers.apply(store, finance, company, found)
        whole = teams.build(store, executive, Scope(whole_span, None, "USD"))
        by_month = [teams.build(store, executive, Scope(Span(m, m), None, "USD")) for m in MONTHS]
        by_stream = [
            teams.build(store, executive, Scope(whole_span, stream, "USD"))
            for stream in ("Enrolment", "Learning")
        ]
        for key, cost in costs_of(whole).items():
            assert cost == total(costs_of(month)[key] for month in by_month)
            assert [cost] == [costs_of(stream)[key] for stream in by_stream if key in costs_of(stream)]
        for name in ("team_total", "excluded", "suspense", "ledger"):
            assert getattr(whole, name).value == total(getattr(month, name).value for month in by_month)
        for stream in by_stream:
            for name in ("excluded", "suspense", "ledger", "difference"):
                assert getattr(stream, name).value == getattr(whole, name).value
        assert whole.team_total.value == total(stream.team_total.value for stream in by_stream)


def costs_of(report):
    return {team.key: team.total.value for team in report.teams}


def total(values):
    """Unknown stays unknown; a known part makes a known sum (law T3)."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None


@examples(5, soak=10)
@given(found=ledgers.lines(currencies=["USD"]), company=ledgers.companies())
def test_t2_a_filter_never_changes_a_share(fresh, executive, finance, found, company):
    """Looking at one value stream or month moves no cost between teams: every cell stays as it was."""
    with fresh() as store:
        ledgers.bring_in(store, finance, found)
        ledgers.apply(store, finance, company, found)
        whole = teams.build(store, executive, Scope(Span(MONTHS[0], MONTHS[-1]), None, "USD"))
        cells = {
            (team.key, month): amount
            for team in whole.teams
            for month, amount in zip(whole.months, team.by_month, strict=True)
        }
        for stream in ("Enrolment", "Learning"):
            for first, last in combinations((*MONTHS, MONTHS[-1]), 2):
                part = teams.build(store, executive, Scope(Span(first, last), stream, "USD"))
                for team in part.teams:
                    assert list(team.by_month) == [cells[team.key, month] for month in part.months]


@examples(6, soak=10)
@given(data=st.data(), found=ledgers.lines(), company=ledgers.companies())
def test_t2_a_filtered_ledger_sums_to_the_filtered_lines(fresh, finance, data, found, company):
    with fresh() as store:
        ledgers.bring_in(store, finance, found)
        ledgers.apply(store, finance, company, found)
        for _ in range(8):
            asked = LedgerFilter(
                span=data.draw(st.sampled_from([None, Span(202511, 202512), Span(202601, 202601)])),
                team=data.draw(st.sampled_from([None, "checkout", "onboarding"])),
                area=data.draw(st.sampled_from([None, *ledgers.AREAS])),
                currency=data.draw(st.sampled_from([None, *DIGITS])),
                placed=data.draw(st.sampled_from([None, "team", "suspense", "excluded"])),
                scenario=data.draw(st.sampled_from([None, "actual", "plan"])),
            )
            kept = [one for one in placed(found, company) if wanted(asked, *one[0])]
            report = ledger.build(store, finance, asked)
            assert dict(report.totals) == grouped((key[1], minor) for key, minor in kept)
            assert report.total_lines == len(kept)


def wanted(asked, month, currency, scenario, place, team, area):
    return (
        (asked.span is None or asked.span.holds(month))
        and asked.currency in {None, currency}
        and asked.scenario in {None, scenario}
        and asked.placed in {None, place}
        and (asked.team is None or (place == "team" and asked.team == team))
        and asked.area in {None, area}
    )


@pytest.mark.parametrize("minor", [1, -1, 0, 2**53 + 1, 10**16])
def test_t1_no_amount_passes_through_a_float(fresh, finance, executive, minor):
    """R15: one minor unit beside a huge amount is still there."""
    found = [ledgers.Line(202601, "team", "checkout", "", "cash_cost", "actual", "JPY", minor)]
    with fresh() as store:
        ledgers.bring_in(store, finance, found)
        report = teams.build(store, executive, Scope(Span(202601, 202601), None, "JPY"))
        assert report.team_total.value == minor
        assert report.ledger.value == minor
