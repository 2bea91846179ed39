"""What a chart draws is what its spec says, and its table says the same."""

from dataclasses import replace

import pytest

from roi.charts.bridge import bridge
from roi.charts.figures import render, wrapped
from roi.charts.months import cost_by_month
from roi.charts.spec import Bar, ChartSpec, Role
from roi.domain.figures import REGISTRY, Figure, unknown
from roi.domain.periods import Span
from roi.domain.structure import Team, Verdict
from roi.reports.shapes import TeamReport, TeamRow
from roi.reports.shapes.value import ClassRow
from roi.ui import links
from tests.story import reports as made


def labels(spec):
    return [bar.label for bar in spec.bars]


def test_with_confirmed_cash_the_bridge_runs_from_cost_to_net():
    report = made.returning(898_000, 780_000, 1_010_000, protected=made.money("protected_value", 343_000_000))
    report = replace(report, confirmed=made.money("confirmed_cash", 701_000_000))
    spec = bridge(report)
    assert labels(spec) == [
        "Cost of teams",
        "Confirmed cash value",
        "Net cash so far",
        "Also protected, not cash",
        "On no team yet, not in the cost",
    ]
    assert [(bar.start, bar.end) for bar in spec.bars] == [
        (0, -781_000_000),
        (-781_000_000, -80_000_000),
        (0, -80_000_000),
        (0, 343_000_000),
        (0, -3_000_000),
    ]
    assert [bar.printed for bar in spec.bars[:3]] == ["−$7.81M", "+$7.01M", "−$0.80M"]
    assert "$7.01M" in spec.alt


@pytest.mark.parametrize("more", range(0, 900_000, 130_011))
def test_v6_the_bridge_ends_at_net_cash_and_what_the_switch_adds_stands_apart_after_it(more):
    report = made.returning(898_000, 780_000, 1_010_000)
    plain = bridge(replace(report, protected=made.money("protected_value", 343_000_000 + more)))
    spec = bridge(made.widened(report, 343_000_000 + more))
    assert labels(spec)[:3] == labels(plain)[:3]
    assert [(bar.start, bar.end) for bar in spec.bars[:3]] == [(bar.start, bar.end) for bar in plain.bars[:3]]
    net, step, wide = spec.bars[2:5]
    assert labels(spec)[3:5] == ["Not cash, added by the switch", "Net so far, incl. not cash"]
    assert (step.start, step.end, wide.end) == (net.end, net.end + 343_000_000 + more, step.end)
    assert {step.role, wide.role} == {Role.APART}
    assert not wide.is_total, "no line leads to it"
    assert _steps(net.printed) + _steps(step.printed) == _steps(wide.printed)


def _steps(printed):
    """An amount as printed, in steps of its last digit."""
    number = int("".join(one for one in printed if one.isdigit()))
    return -number if printed.startswith("−") else number


@pytest.mark.parametrize("more", range(0, 900_000, 30_011))
def test_t1_the_bridge_adds_up_in_print_and_its_amounts_stay_short_enough_for_a_phone(more):
    pieces = {"revenue": 547_767_600 + more, "retention": 211_953_600, "cost_reduction": 5_814_000}
    cash = sum(pieces.values())
    none = made.money("class_expected", None)
    classes = [ClassRow(name, True, made.money("class_value", one), none) for name, one in pieces.items()]
    expected, net = 54_179_600 + more // 3, cash - 838_468_200
    report = replace(
        made.returning(898_000, 780_000, 1_010_000),
        cost=made.money("full_cost", 838_468_200),
        confirmed=made.money("confirmed_cash", cash),
        classes=tuple(classes),
        still_expected=made.money("still_expected", expected),
        net_if_lands=made.money("net_if_lands", net + expected),
    )
    spec = bridge(report)
    cost, *values, left, still, lands = [bar.printed for bar in spec.bars[:7]]
    assert sum(map(_steps, (cost, *values))) == _steps(left)
    assert _steps(left) + _steps(still) == _steps(lands)
    assert max(len(bar.printed) for bar in spec.bars) <= len("−$8.385M") + 1


def test_t1_before_any_value_the_bridge_runs_from_the_ledger_to_the_cost_of_teams():
    spec = bridge(made.portfolio())
    assert labels(spec) == ["Ledger", "Excluded natures", "On no team yet", "Cost of teams"]
    ends = [bar.end for bar in spec.bars]
    assert ends[-2] == ends[-1] == 781_000_000
    assert spec.bars[2].role is Role.SUSPENSE


def test_without_costs_there_is_no_bridge():
    assert bridge(made.portfolio(ledger=made.money("ledger_total", None))) is None


def test_the_drawn_bars_are_those_of_the_spec_in_major_units():
    figure = render(bridge(made.portfolio()))
    (trace,) = figure.data
    assert trace.type == "bar"
    assert list(trace.x) == [8_300_000.0, 460_000.0, 30_000.0, 7_810_000.0]
    assert list(trace.base) == [0.0, 7_840_000.0, 7_810_000.0, 0.0]
    assert trace.marker.color[2] == "rgba(0,0,0,0)"
    assert [note.text for note in figure.layout.annotations][-1] == "<b>$7.81M</b>"
    assert figure.layout.template.layout.showlegend is False


def test_the_table_behind_the_chart_has_the_exact_amounts():
    assert bridge(made.portfolio()).table[:2] == (("Step", "Amount, US$"), ("Ledger", "$8,300,000.00"))


def team_report(*by_month):
    months = tuple(Span(201511, 201602).months)
    row = TeamRow(
        "a", "Ada", "stream_aligned", Figure("team_cost", 1, currency="GBP"), unknown("confirmed_cash", "x"),
        unknown("protected_value", "x"), unknown("return_per_unit", "x"), Verdict.NONE, 0, 0, 0,
    )  # fmt: skip
    return TeamReport(1, "GBP", Span(201511, 201602), Team("a", "Ada"), months, by_month, row, (), (), (), ())


def test_t3_a_month_without_a_line_is_a_gap_and_not_zero():
    spec = cost_by_month(team_report(100_000, None, 300_000, 200_000))
    assert [row[1] for row in spec.table] == [
        "Cost, £",
        "£1,000.00",
        "no cost line",
        "£3,000.00",
        "£2,000.00",
    ]
    assert "most in Jan 2016 with £3.00k" in spec.alt
    (trace,) = render(spec).data
    assert list(trace.y) == [1000.0, 0.0, 3000.0, 2000.0]
    assert trace.hovertext[1] == "Dec 2015: no cost line"


def test_s8_what_a_bar_says_under_the_pointer_is_text():
    """Plotly reads a few tags in a label."""
    table = (("Bar", "Cost"), ("<b>R&D</b>", "$1.00"))
    bar = Bar("<b>R&D</b>", 0, 100, "$1.00", Role.COST)
    for kind in ("bridge", "columns"):
        for one in (bar, replace(bar, hover="<b>R&D</b>: $1.00")):
            trace = render(ChartSpec(kind, "One bar.", (one,), table, "USD")).data[0]
            assert trace.hovertext[0] == "&lt;b&gt;R&amp;D&lt;/b&gt;: $1.00"


def test_the_year_is_said_where_one_begins():
    spec = cost_by_month(team_report(1, 2, 3, 4))
    assert [bar.label for bar in spec.bars] == ["Nov\n2015", "Dec", "Jan\n2016", "Feb"]
    assert cost_by_month(team_report(None, None, None, None)) is None


def test_a_chart_must_be_heard_and_have_a_table():
    bar = Bar("a", 0, 1, "1", Role.COST)
    with pytest.raises(ValueError, match="alternative text"):
        ChartSpec("bridge", " ", (bar,), (("h",), ("r",)), "GBP")
    with pytest.raises(ValueError, match="one row a bar"):
        ChartSpec("bridge", "said", (bar,), (("h",),), "GBP")


def test_a_long_label_is_broken_and_never_read_as_markup():
    assert wrapped("On no team yet, not in the cost") == "On no team yet, not<br>in the cost"
    assert wrapped("<b>&") == "&lt;b&gt;&amp;"


def test_the_plan_stands_as_an_outline_beside_the_month():
    bars = (
        Bar("Jan", 0, 500, "$5", Role.COST, beside=450),
        Bar("Feb", 0, 600, "$6", Role.COST),
    )
    table = (("Month", "Cost"), ("Jan", "5"), ("Feb", "6"))
    drawn = render(ChartSpec("columns", "Cost by month", bars, table, "USD"))
    assert [trace.y for trace in drawn.data] == [(5.0, 6.0), (4.5, None)]
    assert drawn.data[1].marker.color == "rgba(0,0,0,0)"
    assert drawn.layout.xaxis.range == (-0.5, 5.5), "two columns do not fill the page"


# Where marks lead


def test_t8_every_bar_of_the_bridge_leads_to_what_stands_behind_it():
    report = made.returning(898_000, 780_000, 1_010_000, protected=made.money("protected_value", 343_000_000))
    value = (made.money("class_value", 701_000_000), made.money("class_expected", None))
    classes = (ClassRow("revenue", True, *value),)
    spec = bridge(replace(report, confirmed=made.money("confirmed_cash", 701_000_000), classes=classes))
    assert dict(zip(labels(spec), spec.leads, strict=True)) == {
        "Cost of teams": ("teams",),
        "Margin from growth": ("trace", "figure", "class_value", "part", "revenue"),
        "Net cash so far": ("trace", "figure", "net_cash"),
        "Also protected, not cash": ("trace", "figure", "protected_value"),
        "On no team yet, not in the cost": ("trace", "figure", "suspense"),
    }
    assert all(bridge(made.portfolio()).leads), "before any value too"


def test_t8_a_month_leads_to_its_cost_of_the_team():
    spec = cost_by_month(team_report(100, None, 1, 2))
    assert spec.leads[0] == ("trace", "figure", "team_cost", "team", "a", "period", "2015-11..2015-11")


def test_every_page_and_figure_that_a_mark_leads_to_is_there():
    for spec in (bridge(made.portfolio()), cost_by_month(team_report(100, 200, 1, 2))):
        for page, *query in spec.leads:
            asked = dict(zip(query[::2], query[1::2], strict=True))
            assert page in links.PAGES
            assert asked.keys() <= links.allowed(page)
            assert "figure" not in asked or asked["figure"] in REGISTRY
