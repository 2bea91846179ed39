"""What stands behind a value: each outcome's claim, its pool, its readings, and the inputs of its driver."""

from roi.charts.markup import Html, join, tag
from roi.domain.periods import short_month
from roi.domain.value import DriverInput
from roi.reports.shapes import TraceReport
from roi.reports.shapes.trace import ClaimTrace, LevelTrace
from roi.story import delay_titles, words
from roi.ui import links, parts
from roi.ui.component import markup

_MOST = 12


def claims(report: TraceReport) -> None:
    """Claim, pool, reading, source; and what the unit value is made of."""
    if not report.claims:
        return
    shown = sorted(report.claims, key=lambda one: -(one.counted or 0))[:_MOST]
    more = report.total_outcomes - len(shown)
    left = f" {more:,} more are in the list of outcomes." if more > 0 else ""
    parts.section(
        "What is claimed", f"Each claim is a share of one measured movement, counted once in any total.{left}"
    )
    markup(tag("div", *(_claim(one, report.currency) for one in shown), class_="rows"), key="trace-claims")


def waits(report: TraceReport) -> None:
    """The recorded waits behind a cost of delay."""
    if report.waits:
        parts.section("What is recorded", "A wait is recorded when somebody says so; none is inferred.")
        parts.facts([delay_titles.wait_row(row) for row in report.waits], key="trace-waits")


def _claim(one: ClaimTrace, currency: str) -> Html:
    counted = words.exact(one.counted, currency) if one.counted is not None else words.DASH
    lines = [_pool(one, currency), *_levels(one), *_source(one)]
    if one.driver:
        lines.append(f"Unit value: {one.driver}: {_inputs(one.inputs)}")
    if one.why_not:
        lines.append(words.sentence(f"{one.why_not}."))
    told = join(*(join(line, tag("br")) for line in lines if line))
    return tag(
        "div",
        tag("span", words.sentence(one.metric), class_="n"),
        tag("span", counted, class_="x"),
        tag("span", one.epic_name, class_="o"),
        tag("span", parts.link("Open the epic", links.href("epic", epic=one.epic)), class_="r"),
        tag("span", told, class_="o wide"),
        class_="item",
    )


def _pool(one: ClaimTrace, currency: str) -> str:
    """Whose money it is, who else claims on it, and what was cut."""
    place = " · ".join(part for part in (one.line, one.cell) if part) or "no finance line named"
    others = (
        f"{words.counted(one.claims, 'claim')} on this movement" if one.claims > 1 else "the only claim on it"
    )
    why = "claimed by several" if one.claims > 1 else "above what the line and cell moved"
    cut = f"; {words.exact(one.overlap_removed, currency)} {why} is removed" if one.overlap_removed else ""
    return f"Pool: {place}; {others}{cut}. Registered {words.day(one.registered_on)}, grade {one.grade}."


def _levels(one: ClaimTrace) -> list[str]:
    before = (None, *one.levels)
    return [_level(level, last, one.currency) for level, last in zip(one.levels, before, strict=False)]


def _level(level: LevelTrace, before: LevelTrace | None, currency: str) -> str:
    """One confirmed reading: worth a month, share, months, who; a month counts once, as it was read first."""
    money = words.exact(level.money, currency)
    who = f", confirmed by {words.listed(level.confirmed_by)}" if level.confirmed_by else ""
    until = f"counts up to {short_month(level.to_month)}"
    if before is not None and level.to_month <= before.to_month:
        kept = f"{short_month(before.to_month)} counts as read on {words.day(before.read_on)}"
        until = f"of no month of its own: {kept}"
    return f"Read {words.day(level.read_on)}: {money} a month × {words.share(level.share)}, {until}{who}."


def _source(one: ClaimTrace) -> list[str]:
    """Where the readings come from, newest first."""
    return [
        f"Source of {words.day(reading.read_on)}: {reading.evidence}."
        for reading in reversed(one.readings)
        if reading.evidence
    ][:2]


def _inputs(inputs: tuple[DriverInput, ...]) -> str:
    told = [_input(one) + (f", {one.source}" if one.source else "") for one in inputs]
    return f"{'; '.join(told)}." if told else ""


def _input(one: DriverInput) -> str:
    likely = f"{one.key.replace('_', ' ')} {words.level(one.likely)}"
    if one.low == one.high:
        return likely
    return f"{likely} ({words.level(one.low)} to {words.level(one.high)})"
