"""What the charts about value say: the same on the chart, in its words and in its table."""

from dataclasses import replace
from datetime import date

import pytest

from roi.charts import loop, plots
from roi.charts.calibration import calibration
from roi.charts.cash import cash_curve
from roi.charts.curves import CurveSpec, DotsSpec
from roi.domain.figures import unknown
from roi.reports.appraisal import calibrated
from roi.story import epic_titles
from tests.charts import value_views as made

ONE = made.ONE


def dots(**actuals):
    promises = [made.promise(key, actual) for key, actual in actuals.items()]
    return calibration(calibrated.farthest(promises))


def test_the_cash_curve_is_solid_for_what_happened_and_dashed_for_what_is_assumed():
    figure = plots.render(cash_curve(made.appraisal(), "USD"))
    low, high, past, ahead, end = figure.data
    assert (past.line.dash, list(past.y)) == ("solid", [0, -200_000, -300_000])
    assert (ahead.line.dash, list(ahead.x)) == ("dash", [2, 3, 4, 5, 6])
    assert high.fill == "tonexty"
    assert high.fillpattern.shape == "/"
    assert (low.y[0], high.y[0]) == (-300_000, -300_000), "the band begins where the past ends"
    assert (low.y[-1], high.y[-1]) == (380_000, 1_020_000)
    assert list(end.x) == [2]


def test_the_cash_curve_says_payback_end_and_range_in_words_and_numbers():
    spec = cash_curve(made.appraisal(), "USD")
    assert spec.end == ("+$0.70M", "($0.38M–$1.02M)")
    assert "Pays back by 15 Nov 2026 if what is expected comes" in spec.alt
    place, told = spec.crossing
    assert (place, told) == (3.5, "back 15 Nov 2026")
    assert spec.table[1][0] == "Q1 2026"
    assert spec.table[1][1] == "−$100,000.00"
    assert len(spec.table) == 7


def test_where_confirmed_value_is_back_on_another_day_both_are_named_for_what_they_are():
    """T12: one page tells one day of payback, or says of each of two what it counts."""
    apart = made.appraisal(paid_back_on=date(2026, 2, 3), forward_from=date(2026, 11, 1))
    spec = cash_curve(apart, "USD")
    assert spec.crossing[1] == "with expected: 15 Nov 2026"
    both = "Paid back by 3 Feb 2026 by confirmed value alone, by 15 Nov 2026 with what is expected"
    assert both in spec.alt
    longest = replace(apart, paid_back_on=date(2026, 10, 13), forward_from=date(2026, 12, 1))
    told = "Paid back by 13 Oct 2026 by confirmed value alone, by 15 Nov 2026 with what is unconfirmed"
    assert epic_titles.payback(longest).text == told
    assert epic_titles.two_days(longest) == (
        "Two days, which count two things: the line and the payback beside it count what is unconfirmed too, "
        "and are back on 15 Nov 2026; confirmed value alone took until 13 Oct 2026."
    )
    assert "what is expected too, and are back on 15 Nov 2026" in epic_titles.two_days(apart)
    whose = epic_titles.payback(longest, of_epics=True).text
    assert whose == "Its epics paid back by 13 Oct 2026 by confirmed value alone"
    for view, told in (
        (made.appraisal(paid_back_on=None), "Its epics pay back by 15 Nov 2026 if what is expected comes"),
        (made.appraisal(payback_on=None), "Its epics do not pay back in the horizon"),
    ):
        assert epic_titles.payback(view, of_epics=True).text == told
    assert epic_titles.two_days(made.appraisal(paid_back_on=date(2026, 11, 15))) == ""
    assert epic_titles.two_days(made.appraisal()) == ""
    one = cash_curve(made.appraisal(paid_back_on=date(2026, 11, 15)), "USD")
    assert one.crossing[1] == "back 15 Nov 2026"
    assert "Paid back by 15 Nov 2026." in one.alt


def _day_of_payback(*sums, spread=0, past=2):
    rows = tuple(
        made.cash(at, net * made.ONE, spread * made.ONE if at >= past else 0, is_past=at < past)
        for at, net in enumerate(sums)
    )
    (said,) = [
        one
        for one in plots.render(cash_curve(made.appraisal(rows=rows), "USD")).layout.annotations
        if one.text.startswith("back ")
    ]
    return said


def test_the_day_of_payback_stands_where_it_covers_neither_line_nor_band():
    """Under the line after it, before it above the line; where the band is in both places above the band."""
    early = _day_of_payback(-1, 1, 2, 3, 4, 5, 6, 7)
    assert (early.xanchor, early.yshift < 0, early.showarrow) == ("left", True, False)
    late = _day_of_payback(-1, -2, -3, -3, -3, -2, -1, 1, past=7)
    assert (late.xanchor, late.yshift > 0, late.showarrow) == ("right", True, False)
    between = _day_of_payback(-4, -3, -2, -1, 1, 2, 3, 4, spread=6)
    assert (between.xanchor, between.showarrow) == ("right", True)
    assert between.ay < -plots._HIGH * 6 / 14, "above the band at the crossing"
    assert between.ax == 0, "before the line there is room for it"
    soon = _day_of_payback(-2, 1, *range(2, 20), spread=6, past=0)
    assert (soon.xanchor, soon.showarrow) == ("right", True)
    assert soon.ax > 60, "on a phone it would begin left of the picture, and be cut off"


def test_an_investment_that_does_not_pay_back_has_no_crossing_and_says_so():
    view = made.appraisal(payback_on=None, payback=unknown("epic_cost", "not within the horizon"))
    spec = cash_curve(view, "USD")
    assert spec.crossing is None
    assert "Does not pay back in the horizon" in spec.alt


def test_without_flows_there_is_no_curve():
    assert cash_curve(made.appraisal(rows=()), "USD") is None


def test_all_in_the_past_is_all_solid():
    view = made.appraisal()
    spec = cash_curve(replace(view, rows=tuple(replace(row, is_past=True) for row in view.rows)), "USD")
    assert len(plots.render(spec).data) == 4


def test_calibration_places_promised_and_actual_change_on_one_scale():
    spec = dots(a=ONE, b=500_000, c=-200_000)
    assert {(dot.label[-1], dot.x, dot.y) for dot in spec.dots} == {
        ("a", 333_333, 333_333),
        ("b", 333_333, 166_667),
        ("c", 333_333, -66_667),
    }
    assert "2 lie below the line" in spec.alt
    assert ("Share of c", "33%", "−7%", "yes") in spec.table
    figure = plots.render(spec)
    assert list(figure.layout.xaxis.range) == list(figure.layout.yaxis.range), "same scale"
    line = figure.layout.shapes[0]
    assert (line.x0, line.x1) == (line.y0, line.y1), "45 degrees"


def test_t8_a_dot_leads_to_its_epic_and_a_curve_to_its_present_value():
    assert set(dots(a=ONE, b=500_000).leads) == {("epic", "epic", "e1")}
    view = made.appraisal()
    scope = (("epic", "e1"), ("first", "202601"))
    spec = cash_curve(replace(view, npv=replace(view.npv, scope=scope)), "USD")
    assert set(spec.leads) == {("trace", "figure", "npv", "epic", "e1")}
    assert len(spec.leads) == len(spec.table) - 1
    lines = [one for one in plots.render(spec).data if one.hoverinfo == "text"]
    assert all("markers" in one.mode for one in lines), "a line without marks cannot be clicked"


def test_the_three_farthest_dots_are_named_and_measured_ones_are_open():
    promises = [made.promise(key, actual, is_confirmed=key != "b") for key, actual in _FIVE.items()]
    spec = calibration(calibrated.farthest(promises))
    assert [dot.label[-1] for dot in spec.dots if dot.is_named] == ["e", "d", "b"]
    (trace,) = plots.render(spec).data
    filled = dict(zip((dot.label[-1] for dot in spec.dots), trace.marker.color, strict=True))
    assert filled["b"] == "rgba(0,0,0,0)"
    assert filled["a"] == "#0072B2"
    some = calibration(calibrated.farthest(promises), {"a", "b"})
    assert [dot.label[-1] for dot in some.dots] == ["b", "a"]


_FIVE = {"a": ONE, "b": 700_000, "c": 900_000, "d": 500_000, "e": 0}


def test_t3_what_is_not_read_or_stood_at_zero_has_no_dot():
    promises = [made.promise("a", ONE), made.promise("b", None), made.promise("z", ONE, baseline=0)]
    assert calibration(calibrated.farthest(promises)) is None, "one dot is no calibration"


def test_more_than_sixty_dots_are_told_and_not_drawn():
    spec = dots(**{f"k{i}": ONE - i * 1_000 for i in range(70)})
    assert len(spec.dots) == 60
    assert "10 nearer to the line are left out" in spec.alt


def test_a_dot_far_beyond_stands_on_the_edge_and_keeps_its_number():
    spec = dots(a=30 * ONE, b=ONE)
    assert spec.high == 2 * ONE
    (trace,) = plots.render(spec).data
    assert max(trace.y) == 2.0
    assert "came 1000%" in spec.dots[0].told


@pytest.mark.parametrize(
    ("chance", "filled"),
    [(0, 0), (1, 1), (20_000, 1), (800_000, 16), (824_999, 16), (825_000, 17), (999_999, 19), (ONE, 20)],
)
def test_twenty_dots_say_the_chance_and_never_all_unless_sure(chance, filled):
    drawn = loop.chance_strip(chance)
    assert drawn.count('class="dot"') == filled
    assert drawn.count('class="dotmiss"') == 20 - filled
    assert f'aria-label="{filled} in 20 that it pays back"' in drawn


def test_the_time_line_says_every_date_and_state_in_words():
    drawn = loop.time_line(made.MOMENTS, made.TODAY)
    assert drawn.count("<li") == 6
    assert "overdue, 43 days late" in drawn
    assert drawn.index("today, 12 Nov 2026") > drawn.index("overdue")
    assert drawn.index("today, 12 Nov 2026") < drawn.index("6 months")
    assert loop.time_line((), made.TODAY) is None


def test_the_promise_strip_draws_band_promise_and_reading():
    drawn = loop.promise_strip(loop.Promise(750_000, 1_250_000, 900_000, is_confirmed=False), "told")
    assert 'class="promise"' in drawn
    assert 'class="openpt"' in drawn
    assert 'aria-label="told"' in drawn
    assert "pt" not in loop.promise_strip(loop.Promise(1, 2, None, is_confirmed=False), "t").split("aria")[0]


def test_a_curve_must_be_heard_and_have_a_table():
    with pytest.raises(ValueError, match="alternative text"):
        DotsSpec(" ", (), (("h",),), 0, 1)
    with pytest.raises(ValueError, match="one row a mark"):
        CurveSpec("said", (), (), "USD", ("", ""))


def test_names_from_outside_are_text_and_never_markup():
    spec = dots(a=ONE, b=0)
    evil = replace(spec, dots=tuple(replace(dot, label="<b>&") for dot in spec.dots))
    assert "&lt;b&gt;&amp;" in plots.render(evil).layout.annotations[0].text


def test_a_name_stays_inside_the_square_and_off_other_dots():
    spec = dots(**_FIVE)
    figure = plots.render(spec)
    names = {note.text: note for note in figure.layout.annotations if note.text.startswith("Share of")}
    assert len(names) == 3
    furthest = max(spec.dots, key=lambda dot: dot.x)
    for dot in (dot for dot in spec.dots if dot.is_named):
        side = names[dot.label].xanchor
        assert side == "right" or dot.x < furthest.x, "to the right of the last dot there is no room"


def test_a_name_keeps_off_the_rim_of_a_dot_that_its_line_would_only_brush():
    """Two dots of almost one height: a name level with the far one would end in the rim of the other."""
    spec = dots(a=ONE, b=500_000, c=-200_000)
    names = [replace(dot, is_named=place == 2) for place, dot in enumerate(spec.dots)]
    far = names[2]
    per_pixel = (spec.high - spec.low) * 7 // 6 // plots._SQUARE
    wide = plots._APART + plots._NOTE_LETTER * len(far.label)
    brushed = replace(far, x=far.x + round(per_pixel * (wide + plots._DOT - 1)), is_named=False)
    spec = replace(
        spec,
        dots=(*names[:2], far, brushed),
        high=max(spec.high, brushed.x),
        table=(*spec.table, spec.table[-1]),
    )
    (note,) = [one for one in plots.render(spec).layout.annotations if one.text.startswith("Share of")]
    assert (note.xanchor, note.yshift) != ("left", 0)
