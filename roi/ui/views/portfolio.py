"""The parts of the Portfolio page, each drawn from the one report."""

import streamlit as st

from roi.actors import Action
from roi.charts.markup import Child, Html, join, tag
from roi.domain.figures import Figure
from roi.reports.shapes import PortfolioReport, Step, SuspenseRow
from roi.reports.shapes.cost import PlanRow
from roi.reports.shapes.value import Decision, UnverifiedRow
from roi.story import cost_titles, portfolio_titles, told, value_titles, words
from roi.story.trust import five_lines, notes, since
from roi.ui import links, parts, session
from roi.ui.component import markup
from roi.ui.views import mix_bar, team_table
from roi.ui.views import wide as wide_view

_MOST_SUSPENSE = 5
_MOST_DECISIONS = 3
_MOST_UNVERIFIED = 3
_MOST_NOTES = 4  # new work, the value plan, what is not known, the overlap: the rest is a press away


def eyebrow(report: PortfolioReport) -> str:
    """Page, value stream where one is chosen, period and currency, said once."""
    period = report.span.long_label if report.span else "no costs yet"
    stream = portfolio_titles.chosen(report)
    told_ = ("Portfolio", stream, period, words.currency_name(report.currency))
    return " · ".join(part for part in told_ if part)


def kpis(report: PortfolioReport) -> list[parts.Kpi]:
    """Cost, confirmed cash, return with its range, outcomes read."""
    return [
        _cost(report),
        _confirmed_kpi(report),
        _return(report),
        parts.Kpi("Outcomes read", *_read(report)),
    ]


def _cost(report: PortfolioReport) -> parts.Kpi:
    """The cost of teams; of teams that pass all of it on, their own."""
    if report.total is not None and portfolio_titles.serves(report):
        figure = portfolio_titles.own(report.total)
        return parts.Kpi("Own cost, passed on", _number(figure), _cost_note(report), figure)
    return parts.Kpi("Cost of teams", _number(report.cost), _cost_note(report), report.cost)


def _number(figure: Figure) -> str:
    return words.figure(figure) if figure.is_known else words.NOT_KNOWN


def _cost_note(report: PortfolioReport) -> Child:
    """How own cost stands against the plan where there is one, else whether all of it is on teams."""
    plan = report.plan
    if plan is not None and plan.share.is_known and plan.variance.value is not None:
        return _against(plan)
    if not report.suspense.value:
        return "every line is on a team" if report.cost.is_known else report.cost.reason
    shown = parts.known(words.figure(report.suspense), report.suspense)
    besides = ", besides pay that only finance sees" if report.suspense.reason else ""
    return join(shown, f" of the ledger is on no team yet{besides}")


def _against(plan: PlanRow) -> Child:
    """`own +$0.21M (+3%) vs plan $7.60M`: before reallocation, in the months that both have."""
    scale = words.scale_for([plan.variance.value, plan.plan.value], plan.plan.currency)
    apart = parts.known(scale.signed(plan.variance.value or 0), plan.variance)
    share = parts.known(words.apart(plan.share.value or 0), plan.share)
    return join("own ", apart, " (", share, ") vs plan ", parts.known(words.figure(plan.plan), plan.plan))


def _confirmed_kpi(report: PortfolioReport) -> parts.Kpi:
    """Confirmed cash; with what is not cash only under that name, and cash beside it (rule V6)."""
    wide = report.wide
    if wide is None or not wide.value.value:
        return parts.Kpi("Confirmed cash value", *_confirmed(report), figure=report.confirmed)
    note = f"{_number(report.confirmed)} of it cash" if report.confirmed.is_known else "none of it cash"
    return parts.Kpi("Confirmed value, incl. not cash", _number(wide.value), note, wide.value)


def _confirmed(report: PortfolioReport) -> tuple[str, Child]:
    """Confirmed cash, with how much of it is from work delivered before the period (rule V22)."""
    shown, note = _value(report.confirmed, report)
    old = report.checks.old_harvest if report.checks is not None else None
    if old is None or not old.value:
        return shown, note
    return shown, join(parts.known(words.figure(old), old), " from work delivered before")


def _value(figure: Figure, report: PortfolioReport) -> tuple[str, str]:
    if report.outcomes_total == 0:
        return "needs one outcome", "what the work should change, and what that is worth"
    if not figure.is_known:
        return value_titles.missing(figure), figure.reason
    return words.figure(figure), "nothing is confirmed yet" if not figure.value else "by finance, cash only"


def _return(report: PortfolioReport) -> parts.Kpi:
    figure, label = report.returned, f"Return per {words.symbol(report.currency)}1"
    if report.wide is not None and report.wide.returned.is_known:
        figure, label = report.wide.returned, f"{label}, incl. not cash"
    shown, note = _value(figure, report)
    likely = words.range_of(figure)
    if not likely:
        note = note if not figure.is_known or report.outcomes_total == 0 else "no range yet"
        return parts.Kpi(label, shown, note, figure)
    note = value_titles.NOT_SETTLED if value_titles.exceeds_results(report) else "dashed = break-even"
    return parts.Kpi(label, shown, f"likely {likely} · {note}", figure, team_table.interval(figure, likely))


def _read(report: PortfolioReport) -> tuple[Child, Child]:
    if report.outcomes_total == 0:
        return "none recorded", "the first one takes about 4 minutes"
    again = report.total.read_and_overdue if report.total else 0
    shown = words.count_of(report.outcomes_read, report.outcomes_total)
    note = _not_read(report.outcomes_total - report.outcomes_read, report.outcomes_overdue - again, again)
    return parts.link(shown, links.href("outcomes")), note


def _not_read(unread: int, late: int, again: int) -> Child:
    """What is not read, and how much of it is overdue; apart what is read and due to be read again."""
    overdue = tag("span", f"{late} of them overdue", class_="attn") if late else None
    first = join(f"{unread} not read", ", " if late else "", overdue) if unread else None
    next_ = tag("span", f"{again} read but overdue again", class_="attn") if again else None
    return join(first, "; " if first and next_ else "", next_) if first or next_ else "all are read"


def decisions(report: PortfolioReport) -> None:
    """Pausing, ending a wait, swapping an order: what each is worth a month, the largest first (rule V21)."""
    if not report.confirmed.is_known and not report.running_looked_at and not report.decisions:
        return
    note = value_titles.decisions_note(report, min(len(report.decisions), _MOST_DECISIONS))
    parts.section(value_titles.decisions(report).known, note)
    rows = [_decision(one) for one in report.decisions[:_MOST_DECISIONS]]
    if rows:
        markup(tag("div", *rows, class_="rows"), key="decisions")


def _decision(one: Decision) -> Html:
    per_month = join(words.figure(one.per_month), " / mo")
    return tag(
        "div",
        tag("span", words.sentence(one.kind), class_="o"),
        tag("span", parts.known(per_month, one.per_month, epic=one.epic), class_="x"),
        tag("span", one.name, class_="n"),
        tag("span", f"likely {words.range_of(one.per_month)}", class_="r"),
        tag(
            "span",
            parts.sentence(f"{value_titles.decision(one)} "),
            parts.link(
                "See the epic" if one.swap or one.waits else "See the evidence",
                links.href("epic", epic=one.epic),
            ),
            class_="o wide",
        ),
        class_="item",
    )


def unverified(report: PortfolioReport) -> None:
    """The dearest outcomes whose effect nobody has read or confirmed, each with its next action."""
    if not report.unverified:
        return
    rows = report.unverified[:_MOST_UNVERIFIED]
    note = "Cost of the epics whose effect nobody has verified."
    parts.section(value_titles.unverified(report).known, note)
    items = [_unverified(row) for row in rows]
    more = len(report.unverified) - len(rows)
    every = parts.link(f"{more:,} more", links.href("outcomes")) if more > 0 else None
    tail = tag("p", every, class_="sub") if every else None
    markup(join(tag("div", *items, class_="rows"), tail), key="unverified")


def _unverified(row: UnverifiedRow) -> Html:
    late = f"{row.days_late} days late" if row.days_late else f"{row.days_since_delivery} days since delivery"
    label, address = "See", links.href("epic", epic=row.epic)
    if row.days_late and session.actor().may(Action.RECORD_OUTCOME):
        label, address = "Record", links.href("outcomes", state="reading", outcome=row.outcome)
    return tag(
        "div",
        tag("span", words.sentence(row.metric), class_="n"),
        tag("span", parts.cell_known(_number(row.cost), row.cost, epic=row.epic), class_="x"),
        tag(
            "span",
            parts.unbroken(f"{row.team_name} · {row.owner} · "),
            tag("span", late, class_="attn"),
            class_="o",
        ),
        tag("span", parts.link(label, address), class_="r"),
        class_="item",
    )


def trust_lines(report: PortfolioReport) -> list[tuple[str, Html]]:
    """The five questions with their answers; each number in them opens *How we know*."""
    return [(question, parts.sentence(answer)) for question, answer in five_lines(report)]


def trust_notes(report: PortfolioReport) -> None:
    """What goes with the five lines: the first of it and what changed lately; the rest is folded away."""
    said = [tag("span", parts.sentence(one)) for one in notes(report)]
    more = said[_MOST_NOTES:] if len(said) > _MOST_NOTES + 1 else []
    shown = said[: len(said) - len(more)]
    changed = since(report)
    if changed:
        shown.append(tag("span", changed, " ", parts.link("See the history", links.href("data"))))
    _small_print(shown, key="trust-notes")
    if more:
        with st.expander(f"{words.sentence(words.spelled(len(more), 'more note'))} on what is counted"):
            _small_print(more, key="trust-notes-more")


def _small_print(said: list[Html], *, key: str) -> None:
    if said:
        markup(tag("p", *(join(one, tag("br")) for one in said), class_="sub"), key=key)


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
    title = f"{told.figure(report.suspense)} is on no team yet"
    parts.section(title, f"The {words.spelled(len(rows), 'largest', 'largest')} by name, with the reason.")
    items = [
        tag(
            "div",
            tag("span", row.label or row.source, class_="n"),
            tag("span", _suspense_part(scale.text(row.amount), row), class_="x"),
            tag("span", f"{row.reason} · {words.counted(row.lines, 'line')}", class_="o"),
            class_="item",
        )
        for row in rows
    ]
    more = len(report.suspense_rows) - len(rows)
    others = f" · {more:,} more" if more else None
    tail = tag("p", parts.link("Say which team", links.href("data")), others, class_="sub")
    markup(join(tag("div", *items, class_="rows"), tail), key="suspense")


def _suspense_part(shown: str, row: SuspenseRow) -> Html:
    return parts.known_part(shown, "suspense_part", part=row.part)


def intents(report: PortfolioReport) -> None:
    """Cost by intent as one bar: run, grow, transform, and what the files do not say."""
    if not any(row.name in mix_bar.INTENTS and row.amount > 0 for row in report.intents):
        return
    parts.section(cost_titles.mix(report).known, f"Cost by intent, as the files say it.{_treated(report)}")
    mix_bar.draw(report.intents, report.currency, "intent", mix_bar.INTENTS, is_narrow=True)


def _treated(report: PortfolioReport) -> str:
    row = next((row for row in report.treatments if row.name == "capital" and row.amount), None)
    if row is None:
        return ""
    shown = words.money(row.amount, report.currency)
    return f" {told.part(shown, 'cost_part', row.part('treatment'))} is capitalised."


def foot(report: PortfolioReport) -> None:
    """How we know: lines, import, control total, and the two ways to see more."""
    lines = dict(report.ledger.inputs).get("lines")
    counted = words.counted(lines, "ledger line") if lines is not None else "the ledger"
    imported = f", last imported {words.day(report.latest.at)}" if report.latest else ""
    said = (
        f"How we know: {counted}{imported}; {report.books.value}. "
        f"Ledger minus teams, excluded and suspense: {_difference(report)}. "
        "Only value that finance has confirmed is counted. "
    )
    rows = parts.link("See the rows", links.href("trace", figure="ledger_total"))
    formula = parts.link("See the formulas", links.href("method"))
    parts.foot(said, rows, " · ", formula)


def _difference(report: PortfolioReport) -> str:
    if report.difference.value is None:
        return words.NOT_KNOWN
    return words.plain(report.difference.value, report.currency)


def bridge_note(report: PortfolioReport) -> str:
    """How to read the bridge."""
    period = report.span.label if report.span else ""
    if report.confirmed.value:
        hatched = ", hatched = expected" if report.still_expected and report.still_expected.value else ""
        solid = f"Solid = confirmed{hatched}, outline = not cash or on no team."
        beyond = " It ends at net cash; what is not cash stands after it." if report.wide else ""
        return f"From the cost of teams to net cash, {period}. {solid}{beyond}"
    return f"From the ledger to the cost of teams, {period}. Outline = on no team yet."


def table_note(report: PortfolioReport) -> str:
    """How to read the table of teams, which stays at cash whatever the headline counts."""
    return team_table.note(report) + wide_view.note(report)


def what_needs_me(report: PortfolioReport) -> None:
    """Steps that are still open; then cost that nobody has placed; then what the cost is for."""
    if not all(step.is_done for step in report.steps):
        todo(report.steps)
    decisions(report)
    unverified(report)
    suspense(report)
    intents(report)


def nothing_yet(report: PortfolioReport) -> None:
    """The first page of an empty store: what to do first, and what will be here."""
    todo(report.steps)
    parts.open_page("Start with my company", "start", is_primary=True)
