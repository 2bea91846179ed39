"""What the first page says of the company, and of each part of it that can be chosen, is true (T12, V2).

Each sentence is held against the report's own figures, in periods with and without confirmed value.
"""

from collections.abc import Iterator
from datetime import date

import pytest

from roi.demo import company
from roi.domain.periods import Span
from roi.domain.structure import Verdict
from roi.reports import portfolio
from roi.reports.booked.returned import SERVING
from roi.reports.shapes import PortfolioReport, Scope
from roi.store.database import Store
from roi.story import portfolio_titles as titles
from roi.story import told
from roi.story.trust import five_lines

TODAY = date.fromisoformat(company.TODAY)
SPANS = (Span(202401, 202401), Span(202401, 202412), Span(202601, 202610), Span(202608, 202610))


@pytest.fixture(scope="module")
def reports(demo: Store, finance) -> tuple[PortfolioReport, ...]:
    """The company and every value stream and division of it, in every period."""
    return tuple(_every(demo, finance))


def _every(demo: Store, finance) -> Iterator[PortfolioReport]:
    for by in ("value_stream", "division"):
        names = {
            stream.key
            for span in SPANS
            for stream in portfolio.build(demo, finance, Scope(span=span, grouped_by=by), TODAY).streams
        }
        for name in (None, *sorted(names - {""})):
            for span in SPANS:
                scope = Scope(span=span, value_stream=name, grouped_by=by)
                yield portfolio.build(demo, finance, scope, TODAY)


def test_t12_cost_is_not_said_to_be_on_no_team_where_the_page_says_that_it_is_placed(reports):
    for report in reports:
        assert report.placed_share.value
        assert titles.portfolio(report).rule_id != "portfolio-nothing-placed"
        assert "placed on a team yet" not in told.plain(titles.portfolio_lede(report))


def test_t12_a_part_without_cost_is_called_by_its_name_and_by_what_is_missing(reports):
    idle = [report for report in reports if report.cost.value is None]
    assert idle
    for report in idle:
        name, period = report.streams[0].name, report.span.label
        assert titles.portfolio(report).text == f"{name} has no cost in {period}; other teams cost $686k"


def test_v2_who_serves_others_shows_cost_only_and_is_not_judged(reports):
    serving = [report for report in reports if report.total.kind in SERVING]
    assert {report.streams[0].name for report in serving} == {"Enabling"}
    assert len(serving) == len(SPANS)
    for report in serving:
        assert report.verdict is Verdict.NONE
        assert report.returned.reason == "its value is booked by the teams it serves"
        cost = told.plain(told.figure(report.total.own))
        said = f"Enabling costs {cost}; its value is booked by the teams it serves"
        assert titles.portfolio(report).text == said
        assert "early" not in told.plain(titles.portfolio_lede(report))
        assert "yet" not in dict(five_lines(report))["Is it cash?"]


def test_v2_one_value_stream_chosen_is_judged_as_its_row_among_all(demo, finance):
    for span in SPANS:
        every = portfolio.build(demo, finance, Scope(span=span), TODAY)
        for stream in every.streams:
            alone = portfolio.build(demo, finance, Scope(span=span, value_stream=stream.key), TODAY)
            assert alone.verdict is stream.total.verdict
            its, row = alone.returned, stream.total.returned
            assert (its.value, its.low, its.high) == (row.value, row.low, row.high)
            assert alone.total.kind == stream.total.kind


def test_t12_what_is_not_confirmed_is_said_of_the_period_and_not_of_all_time(reports):
    """Finance has confirmed millions in this company; of months before them it has confirmed nothing."""
    early = [report for report in reports if report.span.last <= 202412 and report.cost.value]
    assert early
    for report in early:
        period = report.span.label
        assert titles.portfolio(report).text.endswith(f"finance has confirmed no cash value for {period}")
        assert dict(five_lines(report))["Is it cash?"].startswith(f"No cash value is confirmed for {period}")
