"""The parts of the Portfolio page, each drawn from the one report."""

from roi.charts import svg
from roi.charts.markup import Child, Html, join, tag
from roi.domain.figures import Figure
from roi.domain.structure import Verdict
from roi.reports.shapes import NamedAmount, PortfolioReport, Step, StreamRow, TeamRow
from roi.story import titles, words
from roi.ui import links, parts
from roi.ui.component import markup

_MOST_SUSPENSE = 5


def eyebrow(report: PortfolioReport) -> str:
    """Page, period and currency, said once."""
    period = report.span.long_label if report.span else "no costs yet"
    return " · ".join(part for part in ("Portfolio", period, words.currency_name(report.currency)) if part)


def kpis(report: PortfolioReport) -> list[parts.Kpi]:
    """Cost, confirmed cash, return with its range, outcomes read."""
    return [
        parts.Kpi("Cost of teams", _number(report.cost), _cost_note(report), report.cost),
        parts.Kpi("Confirmed cash value", *_value(report.confirmed, report), figure=report.confirmed),
        _return(report),
        parts.Kpi("Outcomes read", *_read(report)),
    ]


def _number(figure: Figure) -> str:
    return words.figure(figure) if figure.is_known else words.NOT_KNOWN


def _cost_note(report: PortfolioReport) -> str:
    if not report.suspense.value:
        return "every line is on a team" if report.cost.is_known else report.cost.reason
    return f"{words.figure(report.suspense)} of the ledger is on no team yet"


def _value(figure: Figure, report: PortfolioReport) -> tuple[str, str]:
    if report.outcomes_total == 0:
        return "needs one outcome", "what the work should change, and what that is worth"
    if not figure.is_known:
        return words.NOT_KNOWN, figure.reason
    return words.figure(figure), "nothing is confirmed yet" if not figure.value else "by finance, cash only"


def _return(report: PortfolioReport) -> parts.Kpi:
    figure, label = report.returned, f"Return per {words.symbol(report.currency)}1"
    shown, note = _value(figure, report)
    told = words.range_of(figure)
    if not told:
        note = note if not figure.is_known or report.outcomes_total == 0 else "no range yet"
        return parts.Kpi(label, shown, note, figure)
    return parts.Kpi(label, shown, f"likely {told} · dashed = break-even", figure, _interval(figure, told))


def _interval(figure: Figure, told: str, axis: svg.Axis | None = None) -> Html:
    shown = svg.Range(figure.low or 0, figure.value or 0, figure.high or 0, f"likely {told}")
    return svg.interval(shown, axis or svg.axis_for([shown.high]), is_alone=axis is None)


def _read(report: PortfolioReport) -> tuple[str, Child]:
    if report.outcomes_total == 0:
        return "none recorded", "the first one takes about 4 minutes"
    overdue, waiting = report.outcomes_overdue, report.outcomes_total - report.outcomes_read
    late = tag("span", f"{overdue} overdue", class_="attn") if overdue else None
    rest = f"{waiting - overdue} not due yet" if waiting > overdue else "nothing else is due"
    note = join(late, ", " if late else "", rest)
    return words.count_of(report.outcomes_read, report.outcomes_total), note


def todo(steps: tuple[Step, ...]) -> None:
    """The first hour as a list: what is done, what is next, how long it takes and who can do it."""
    done = sum(step.is_done for step in steps)
    title = "What is missing" if done < len(steps) else "The first steps are done"
    parts.section(title, f"{done} of {len(steps)} steps are done.")
    markup(tag("ol", *(_step(step) for step in steps), class_="todo"), key="todo")


def _step(step: Step) -> Html:
    if step.is_done:
        return tag(
            "li", tag("b", "✓"), tag("span", step.title), tag("span", "done", class_="r"), class_="done"
        )
    who = f"{step.minutes} min · {step.who}"
    title = parts.link(step.title, links.href(step.page.strip("/")))
    return tag("li", tag("span", "○"), title, tag("span", who, class_="r"))


def suspense(report: PortfolioReport) -> None:
    """The largest costs that no team carries, by name, and where to place them."""
    rows = report.suspense_rows[:_MOST_SUSPENSE]
    if not rows:
        return
    scale = words.scale_for([row.amount for row in rows], report.currency)
    title = f"{words.figure(report.suspense)} is on no team yet"
    parts.section(title, f"The {words.spelled(len(rows), 'largest', 'largest')} by name, with the reason.")
    items = [
        tag(
            "div",
            tag("span", row.label or row.source, class_="n"),
            tag("span", scale.text(row.amount), class_="x"),
            tag("span", f"{row.reason} · {words.counted(row.lines, 'line')}", class_="o"),
            class_="item",
        )
        for row in rows
    ]
    more = len(report.suspense_rows) - len(rows)
    others = f" · {more:,} more" if more else None
    tail = tag("p", parts.link("Say which team", links.href("data")), others, class_="sub")
    markup(join(tag("div", *items, class_="rows"), tail), key="suspense")


def intents(report: PortfolioReport) -> None:
    """Cost by intent as one bar: run, grow, transform, and what the files do not say."""
    known = [row for row in report.intents if row.amount > 0]
    if not any(row.name in _INTENTS for row in known):
        return
    whole = sum(row.amount for row in known)
    parts.section("What the cost is for", f"Cost by intent, as the files say it.{_treated(report)}")
    amounts = [row.amount for row in known]
    scale = words.scale_for(amounts, report.currency, [(amounts, whole)])
    bar = [tag("div", style=f"flex:{row.amount}", class_=_intent_class(row)) for row in known]
    names = [tag("b", row.name.capitalize() or "Not said") for row in known]
    named = [tag("div", name, scale.text(row.amount)) for name, row in zip(names, known, strict=True)]
    markup(join(tag("div", *bar, class_="mix"), tag("div", *named, class_="mixl")), key="intents")


_INTENTS = ("run", "grow", "transform")


def _intent_class(row: NamedAmount) -> str:
    return row.name if row.name in _INTENTS else "other"


def _treated(report: PortfolioReport) -> str:
    named = {row.name: row.amount for row in report.treatments}
    if not named.get("capital"):
        return ""
    return f" {words.money(named['capital'], report.currency)} is capitalised."


def table(report: PortfolioReport) -> None:
    """Teams by value stream: cost, confirmed cash, return with its range on one scale, verdict."""
    rows = [*titles.team_rows(report), *(stream.total for stream in report.streams)]
    axis = svg.axis_for([row.returned.high or row.returned.value for row in rows])
    amounts = [figure.value for row in rows for figure in (row.cost, row.confirmed, row.protected)]
    scale = words.scale_for([*amounts, report.cost.value], report.currency, list(_sums(report)))
    drawn = [line for stream in report.streams for line in _stream(stream, axis, scale, report)]
    whole = TeamRow(
        "", "All teams", "", report.cost, report.confirmed, report.protected, report.returned, report.verdict,
        report.outcomes_read, report.outcomes_total, report.outcomes_overdue,
    )  # fmt: skip
    drawn.append(parts.Row(tuple(_cells(whole, axis, scale)), "total"))
    head = join("Likely range ", tag("br"), svg.axis_head(axis, words.symbol(report.currency)))
    columns = [
        parts.Column("Value stream and team", "text"),
        parts.Column("Cost"),
        parts.Column(join("Confirmed", tag("br"), "cash")),
        parts.Column(join("Return", tag("br"), f"per {words.symbol(report.currency)}1")),
        parts.Column(head, "graphic", phone=False),
        parts.Column("", "text", phone=False),
        parts.Column("Verdict", "text", phone=False),
        parts.Column(join("Protected,", tag("br"), "not cash"), phone=False),
        parts.Column(join("Outcomes", tag("br"), "read"), "graphic", phone=False),
    ]
    parts.graphic_table("portfolio-teams", "Teams by value stream", columns, drawn)


def _sums(report: PortfolioReport) -> list[words.Sum]:
    """What has to add up in print: teams to their stream, streams to the whole."""
    sums: list[words.Sum] = []
    for pick in ("cost", "confirmed", "protected"):
        streams = [getattr(stream.total, pick).value or 0 for stream in report.streams]
        sums.append((streams, getattr(report, pick).value or 0))
        for stream in report.streams:
            pieces = [getattr(team, pick).value or 0 for team in stream.teams]
            sums.append((pieces, getattr(stream.total, pick).value or 0))
    return [(pieces, whole) for pieces, whole in sums if pieces and sum(pieces) == whole]


def _stream(
    stream: StreamRow, axis: svg.Axis, scale: words.Scale, report: PortfolioReport
) -> list[parts.Row]:
    is_plain = len(report.streams) == 1 and not stream.key
    rows = [] if is_plain else [parts.Row(tuple(_cells(stream.total, axis, scale)), "group")]
    kind = "flat" if is_plain else "row"
    return rows + [
        parts.Row(tuple(_cells(team, axis, scale)), kind, links.href("team", team=team.key))
        for team in stream.teams
    ]


def _cells(row: TeamRow, axis: svg.Axis, scale: words.Scale) -> list[parts.Cell]:
    name = row.name or "No value stream"
    cost = parts.known(scale.text(row.cost.value), row.cost, team=row.key) if row.key else None
    head = [
        parts.Cell(name, phone_note=row.verdict.value),
        parts.Cell(cost or scale.text(row.cost.value)),
    ]
    if row.kind in titles.UNJUDGED_KINDS:
        return [*head, parts.Cell("value is booked by the teams it serves", "", "quiet text", 6), _dots(row)]
    told = words.range_of(row.returned)
    is_drawn = bool(told) and row.verdict is not Verdict.TOO_EARLY
    graphic = _interval(row.returned, told, axis) if is_drawn else ""
    return [
        *head,
        parts.Cell(scale.text(row.confirmed.value)),
        parts.Cell(words.figure(row.returned), phone_note=told),
        parts.Cell(graphic or _why_no_range(row), tone="" if graphic else "quiet", span=1 if graphic else 2),
        *([parts.Cell(told, tone="quiet")] if graphic else []),
        parts.Cell(row.verdict.value or words.DASH),
        parts.Cell(scale.text(row.protected.value)),
        _dots(row),
    ]


def _why_no_range(row: TeamRow) -> str:
    if row.outcomes_total == 0:
        return "no outcome recorded"
    return f"{words.count_of(row.outcomes_read, row.outcomes_total)} read: too few to judge"


def _dots(row: TeamRow) -> parts.Cell:
    if not row.key:
        return parts.Cell(words.count_of(row.outcomes_read, row.outcomes_total) if row.outcomes_total else "")
    return parts.Cell(svg.dots(row.outcomes_read, row.outcomes_overdue, row.outcomes_total))


def foot(report: PortfolioReport) -> None:
    """How we know: lines, import, control total, and the two ways to see more."""
    lines = dict(report.ledger.inputs).get("lines")
    counted = words.counted(lines, "ledger line") if lines is not None else "the ledger"
    imported = f", last imported {words.day(report.latest.at)}" if report.latest else ""
    told = (
        f"How we know: {counted}{imported}; {report.books.value}. "
        f"Ledger minus teams, excluded and suspense: {_difference(report)}. "
        "Only value that finance has confirmed is counted. "
    )
    rows = parts.link("See the rows", links.href("trace", figure="ledger_total"))
    formula = parts.link("See the formulas", links.href("method"))
    parts.foot(told, rows, " · ", formula)


def _difference(report: PortfolioReport) -> str:
    if report.difference.value is None:
        return words.NOT_KNOWN
    return words.plain(report.difference.value, report.currency)


TABLE_NOTE = (
    "Dot = best estimate, bar = likely range (8 in 10), dashed = break-even. Outcomes: filled = read, "
    "orange ring = reading overdue, grey ring = not due yet."
)


def bridge_note(report: PortfolioReport) -> str:
    """How to read the bridge."""
    period = report.span.label if report.span else ""
    if report.confirmed.value:
        return f"From team cost to net cash, {period}. Solid = confirmed, outline = not cash or on no team."
    return f"From the ledger to the cost of teams, {period}. Outline = on no team yet."


def what_needs_me(report: PortfolioReport) -> None:
    """Steps that are still open; then cost that nobody has placed; then what the cost is for."""
    if not all(step.is_done for step in report.steps):
        todo(report.steps)
    suspense(report)
    intents(report)


def nothing_yet(report: PortfolioReport) -> None:
    """The first page of an empty store: what to do first, and what will be here."""
    todo(report.steps)
    parts.open_page("Start with my company", "start", is_primary=True)
