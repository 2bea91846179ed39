"""How good are our promises: promise beside result, and the record of teams and kinds of work."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from heapq import nlargest
from itertools import islice

import streamlit as st

from roi.charts.calibration import calibration
from roi.charts.markup import Child, join, tag
from roi.domain.calibration import GroupKind
from roi.domain.money import SHARE_WHOLE
from roi.domain.names import fold
from roi.reports.shapes import OutcomeRow, OutcomesReport
from roi.reports.shapes.value import CalibrationRow, PromiseRow
from roi.reports.shapes.work import Listed
from roi.story import section_titles, titles, words
from roi.ui import parts, session
from roi.ui.charting import chart
from roi.ui.outcomes import common, promise
from roi.ui.parts import Cell, Column, Row

_FEW, _MOST = 12, 60


def table(report: OutcomesReport, every: Sequence[Listed], title: str) -> None:
    """One row an outcome: the promised range and what was read, on a share of the promise."""
    if not every:
        parts.section("No outcome is read yet", "Readings appear here beside their promise.")
        return
    marks = (
        "Band = promised range, dashed = the whole promise, dot = reading (filled = confirmed by finance)."
    )
    parts.section(title, marks=marks)
    rows = report.rows_of(every[:_MOST])
    frozen = _by_key(report, rows)
    columns = [
        Column("Outcome", "text"),
        Column("Promised", "prose", phone=False),
        Column("0 to 100% of the promise", "graphic", phone=False),
        Column("Read", "text wraps"),
        Column("State", "text wraps"),
        Column("Confirmed value", phone=False),
    ]
    twice = told_twice(rows)
    shown = [_row(row, frozen.get(row.outcome.key), twice) for row in rows]
    parts.graphic_table("promises", "Promise and result", columns, shown)
    if len(every) > _MOST:
        parts.foot(f"{len(every) - _MOST:,} more; narrow by kind or value stream.", key="promises_more")


def told_twice(rows: Sequence[OutcomeRow]) -> set[str]:
    """The measures that stand in a list more than once: they are told apart by their epic."""
    counts = Counter(fold(row.outcome.metric) for row in rows)
    return {metric for metric, count in counts.items() if count > 1}


def _whose(row: OutcomeRow, twice: Collection[str]) -> Child:
    """The epic under the measure, where the list has the measure twice."""
    is_twice = fold(row.outcome.metric) in twice
    return tag("span", tag("br"), row.epic_name, class_="neu") if is_twice else None


def _row(row: OutcomeRow, frozen: PromiseRow | None, twice: Collection[str]) -> Row:
    promised = promise.promised(row.outcome).replace(words.DASH, f"\u2060{words.DASH}\u2060")
    link = join(common.epic_link(words.sentence(row.outcome.metric), row.outcome.epic), _whose(row, twice))
    whose = join(row.team_name, join(" · ", common.product_link(row.product)) if row.product else None)
    team = tag("span", tag("br"), whose, class_="neu wide-only")
    cells = (
        Cell(join(link, team), phone_note=join(promised, tag("br"), whose)),
        Cell(promised),
        Cell(promise.drawing(row, frozen)),
        Cell(promise.bare_result(row)),
        Cell(row.standing, tone="attn" if row.state == "overdue" else ""),
        Cell(common.shown(row.value, outcome=row.outcome.key)),
    )
    return Row(cells, "flat")


def beside(report: OutcomesReport, read: int, shown: Collection[str] | None) -> None:
    """Promise and result in short on the left, the scatter on the right; `shown`: see `scatter`.

    `read` is how many of these are read.
    """
    if not read:
        return
    left, right = st.columns([3, 2], gap="large")
    with left:
        _short(report, read, shown)
    with right:
        scatter(report, shown)
    record(report)


def _short(report: OutcomesReport, read: int, shown: Collection[str] | None) -> None:
    marks = "Share of the promised change. Band = promised range, dashed = all of it, dot = reading."
    its = (one for one in report.latest_read if shown is None or one.outcome.key in shown)
    latest = report.rows_of(islice(its, _FEW))
    parts.section(section_titles.promises(latest, latest=len(latest) < read).text, marks=marks)
    frozen, twice = _by_key(report, latest), told_twice(latest)
    columns = [
        Column("Latest read", "text"),
        Column("", "graphic", phone=False),
        Column("Read", "text"),
    ]
    rows = [
        Row(
            (
                Cell(
                    join(
                        common.epic_link(_cut(words.sentence(row.outcome.metric)), row.outcome.epic),
                        _whose(row, twice),
                    )
                ),
                Cell(promise.drawing(row, frozen.get(row.outcome.key))),
                Cell(promise.bare_result(row)),
            ),
            "flat",
        )
        for row in latest
    ]
    parts.graphic_table("promises_short", "Promise and result of the latest read", columns, rows)


def _cut(metric: str) -> str:
    return metric if len(metric) <= 44 else f"{metric[:43]}…"


def scatter(report: OutcomesReport, shown: Collection[str] | None) -> None:
    """Promised against actual with the line on which both are the same; the title says the bias.

    `shown` are the outcomes that are looked at, None for all of the report.
    """
    spec = calibration(report.farthest, shown)
    parts.section(
        titles.calibration(report).text, "Change of the metric from where it stood. Open = not confirmed."
    )
    if spec is None:
        why = "The picture needs two read outcomes whose measure did not stand at zero."
        parts.foot(why, key="no_calibration")
        return
    chart(spec, key="calibration")


def _by_key(report: OutcomesReport, rows: Iterable[OutcomeRow]) -> Mapping[str, PromiseRow]:
    shown = {row.outcome.key for row in rows}
    return {one.outcome: one for one in report.promises if one.outcome in shown}


# The record of teams and kinds


def record(report: OutcomesReport) -> None:
    """Hits, realisation and haircut by team and kind of work; below eight the group above answers."""
    if not report.calibration:
        return
    parts.section(
        titles.kinds(report).text,
        "The record of forecasts, never of a person; a copied one counts once. Below eight read the group "
        "above is judged instead; a next forecast takes the record of its team. "
        "A good 8-in-10 range holds the actual eight times in ten. Bias: the mean miss, below zero too much "
        "was promised. Interval score: width of the range and ten times each miss, in promises; low is good.",
    )
    own = [row for row in report.calibration if row.hit_rate is not None and row.judged == row.name]
    if not own:
        parts.foot(words.sentence(report.calibration[0].answer) + ".", key="no_record")
        return
    columns = [
        Column("Group", "text"),
        Column("Read", phone=False),
        Column("Inside the range", "text", phone=False),
        Column("Got of what was promised", phone=False),
        Column("Bias", phone=False),
        Column("Interval score", phone=False),
        Column("Of the next forecast count", phone=False),
    ]
    parts.graphic_table("calibration_record", "The record", columns, [_judged(row) for row in _shown(own)])
    if len(own) > _MOST:
        told = f"The {_MOST} teams with the most read; narrow by value stream, or see a team's own page."
        parts.foot(told, key="calibration_more")
    told = f"{below_eight(report.calibration)} {given_up(report.calibration[0])}".strip()
    if told:
        parts.foot(told, key="calibration_few")
    if report.told_late and not session.is_demo():
        parts.foot(late(report), key="calibration_late")


def below_eight(rows: Sequence[CalibrationRow]) -> str:
    """Which groups have too few read for a record of their own, and whose record counts there, by name."""
    names: dict[str, list[str]] = {}
    for row in rows:
        if row.judged not in {"", row.name}:
            names.setdefault(row.judged, []).append(row.name)
    told = [
        f"Fewer than eight are read of {words.listed(few)}: "
        f"there the record of {'the company' if judged == rows[0].name else judged} counts."
        for judged, few in names.items()
    ]
    return " ".join(told)


def given_up(company: CalibrationRow) -> str:
    """Why more are judged than are read: what was given up unread counts as having brought nothing."""
    count = company.given_up
    if not count:
        return ""
    was, counts = ("was", "it counts") if count == 1 else ("were", "they count")
    told = f"{words.spelled(count, 'promise')} {was} given up before a reading"
    return f"Of the company's {company.count:,}, {told}: {counts} here as having brought nothing."


def _shown(own: Sequence[CalibrationRow]) -> Sequence[CalibrationRow]:
    """All of them; of many teams those with the most read, so that the page stays one to read."""
    if len(own) <= _MOST:
        return own
    teams = [row for row in own if row.kind == GroupKind.TEAM]
    most = {row.key for row in nlargest(_MOST, teams, key=lambda row: row.count)}
    return [row for row in own if row.kind != GroupKind.TEAM or row.key in most]


def late(report: OutcomesReport) -> str:
    """That some promises may have been told knowing the result (law T11)."""
    promises = words.sentence(words.spelled(report.told_late, "promise"))
    was = "was" if report.told_late == 1 else "were"
    return f"{promises} {was} entered here only after the reading: what was promised is the owner's word."


def _judged(row: CalibrationRow) -> Row:
    cells = (
        Cell(row.name, phone_note=_in_short(row)),
        Cell(_read(row)),
        Cell(_hits(row), tone="attn" if row.is_overconfident else ""),
        Cell(words.DASH if row.realisation is None else words.share(row.realisation)),
        Cell(words.DASH if row.bias is None else _bias(row.bias)),
        Cell(words.DASH if row.interval_score is None else f"{row.interval_score / SHARE_WHOLE:.2f}"),
        Cell(words.DASH if row.haircut is None else words.share(row.haircut)),
    )
    return Row(cells, "flat")


def _read(row: CalibrationRow) -> str:
    """How many are read, as the title counts them; apart what was given up, and what waits."""
    ended = f" + {row.given_up} given up" if row.given_up else ""
    return f"{row.count - row.given_up}{ended}" + (f" (+{row.pending} waiting)" if row.pending else "")


def _in_short(row: CalibrationRow) -> str:
    """The same on a phone, which has room for one column: every value with its word."""
    found = (
        f"inside the range {_hits(row)}",
        "" if row.realisation is None else f"got {words.share(row.realisation)} of what was promised",
        "" if row.bias is None else f"bias {_bias(row.bias)}",
        "" if row.interval_score is None else f"interval score {row.interval_score / SHARE_WHOLE:.2f}",
        "" if row.haircut is None else f"of the next forecast {words.share(row.haircut)} count",
    )
    return " · ".join(one for one in found if one)


def _bias(parts_: int) -> str:
    return f"+{words.share(parts_)}" if parts_ > 0 else words.share(parts_)


def _hits(row: CalibrationRow) -> str:
    if row.hit_rate is None:
        return words.DASH
    low, _, high = row.hit_rate
    told = f"{words.count_of(row.hits, row.count)} ({words.share(low)}{words.DASH}{words.share(high)})"
    return f"{told}, ranges too narrow" if row.is_overconfident else told
