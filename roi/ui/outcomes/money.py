"""Is it worth its money: NPV, ROI, payback, the forward view, with the chance as twenty dots."""

import streamlit as st

from roi.charts.cash import cash_curve
from roi.charts.loop import chance_strip
from roi.charts.markup import Child, Html, tag
from roi.domain.figures import Figure
from roi.reports.shapes.value import AppraisalView
from roi.story import epic_titles, titles, words
from roi.ui import parts
from roi.ui.charting import chart
from roi.ui.component import markup
from roi.ui.outcomes import common


def card(view: AppraisalView, currency: str, name: str, **key: str) -> None:
    """The appraisal with its curve; why there is none where nothing can be said."""
    if view.why_not:
        parts.section("Is it worth its money?", f"It cannot be said: {view.why_not}.")
        return
    of_a_team = name == "team"
    run = "Run and unplanned work is in the team's cost and not in this." if of_a_team else ""
    more = " ".join((run, *_left_out(view, "" if name == "epic" else " on its epics"))).strip()
    _whole(view, currency, name, (titles.appraisal(view, of_a_team=of_a_team).known, more), **key)


def over_its_life(view: AppraisalView, currency: str, stream: str, **key: str) -> None:
    """The same of all epics of the value stream or division that is looked at."""
    title = titles.life(stream, view).known
    if not view.why_not:
        about = _OF_LIFE.format(one=f"{words.symbol(currency)}1")
        _whole(view, currency, "life", (title, " ".join((about, *_left_out(view, " on its epics")))), **key)
        return
    parts.section(title, "" if view.why_not in title else f"{words.sentence(view.why_not)}.")


_OF_LIFE = (
    "All its epics, so far and ahead, whatever the period; return per {one} is of one period and is no ROI. "
    "Run and unplanned work is in the cost of teams and not in this."
)
_MOST_NOTES = 2
_OF_EPICS = frozenset({"team", "life"})
"""Whose curve is that of their epics alone."""


def _left_out(view: AppraisalView, where: str) -> list[str]:
    """What of its epics is not in it, or is assumed of them: the first of it, and how much more there is."""
    more = len(view.notes) - _MOST_NOTES
    rest = [f"{words.counted(more, 'more note')} like this{where}."] if more > 0 else []
    return [f"{words.sentence(one)}." for one in view.notes[:_MOST_NOTES]] + rest


def _whole(view: AppraisalView, currency: str, name: str, said: tuple[str, str], **key: str) -> None:
    """Title and note, the chance and the figures, beside them the curve."""
    title, more = said
    left, right = st.columns([2, 3], gap="large")
    with left:
        parts.section(title, f"{_note(view)} {more}".rstrip())
        if view.chance is not None:
            markup(_strip(view.chance), key=f"{name}_chance")
        parts.facts(_facts(view, **key), key=f"{name}_appraisal")
    with right:
        _curve(view, currency, name)


def _note(view: AppraisalView) -> str:
    rate = words.share(view.rate)
    return (
        f"Each dot is a 1-in-20 chance. Discounted at {rate} a year; {view.draws:,} draws, seed {view.seed}."
    )


def _strip(chance: int) -> Html:
    told = f"{words.in_twenty(chance)} in {words.TWENTY} that it pays back"
    return tag("p", chance_strip(chance), tag("span", told), class_="vrow wrap")


def _facts(view: AppraisalView, **key: str) -> list[tuple[str, Child]]:
    rows: list[tuple[str, Figure, str]] = [
        ("Net present value", view.npv, ""),
        ("What is left", view.forward_npv, _forward(view)),
        ("ROI over the horizon", view.roi, ""),
        ("Payback", view.payback, _payback(view)),
        ("Internal rate", view.irr, "never used to rank"),
    ]
    return [(name, _figure(figure, more, **key)) for name, figure, more in rows]


def _payback(view: AppraisalView) -> str:
    """The day, and that there is no upper end where more than one world in ten does not pay back (law T6)."""
    told = " · ".join(
        part for part in (epic_titles.payback_day(view), epic_titles.confirmed_day(view)) if part
    )
    for on in (view.payback_on, view.paid_back_on):
        if on is not None:
            told = told.replace(words.day(on), words.day(on).replace(" ", "\u00a0"))
    return " · ".join(part for part in (told, view.payback.reason) if part)


def _forward(view: AppraisalView) -> str:
    if view.forward_loss_chance is None:
        return "without what is spent already"
    loss = words.in_twenty(view.forward_loss_chance)
    return f"without what is spent already; {loss} in {words.TWENTY} that it is below zero"


def _figure(figure: Figure, more: str, **key: str) -> Html:
    if not figure.is_known:
        return tag("span", words.sentence(figure.reason) or words.NOT_KNOWN, class_="neu")
    told = " · ".join(part for part in (common.likely(figure), more) if part)
    return tag("span", common.shown(figure, **key), f" · {told}" if told else "")


def _curve(view: AppraisalView, currency: str, name: str) -> None:
    spec = cash_curve(view, currency)
    if spec is None:
        return
    how = "Cumulative net. Solid = so far, dashed = assumed, hatched band = 8 in 10."
    how = " ".join(part for part in (how, epic_titles.two_days(view)) if part)
    parts.section(titles.payback(view, of_epics=name in _OF_EPICS).known, how)
    chart(spec, key=f"{name}_cash")
