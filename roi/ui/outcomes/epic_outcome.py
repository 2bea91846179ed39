"""One outcome on its epic's page: sentence, marks, chain, evidence, pool, learning, and the next step."""

from collections.abc import Sequence

import streamlit as st

from roi.actors import Action
from roi.charts.markup import Child, Html, join, tag
from roi.commands import anticipating
from roi.domain.periods import month_of
from roi.domain.structure import ValueClass
from roi.reports.shapes import EpicReport, OutcomeRow
from roi.reports.shapes.delay import FreedCapacity
from roi.reports.shapes.value import ChainRow, OutcomeDetail, PoolRow
from roi.reports.value.claims import MEMO
from roi.story import capacity_titles, pool_titles, words
from roi.ui import parts, session
from roi.ui.component import markup
from roi.ui.outcomes import asking, closing, common, deciding, done, draft, promise
from roi.ui.parts import Cell, Column, Row
from roi.ui.upload.pieces import note


def draw(row: OutcomeRow, detail: OutcomeDetail | None, report: EpicReport) -> None:
    """Everything that is known about the outcome, and what can be done with it now."""
    outcome, treated = row.outcome, detail.treated if detail is not None else ""
    parts.section(
        words.sentence(outcome.metric),
        f"{words.sentence(row.standing)} · owner {outcome.owner} · "
        f"{common.class_name(outcome.value_class, treated)}",
    )
    if detail is not None and detail.closure is not None:
        _learned(row, detail)
    deciding.begin(row, report.version)
    cause = promise.cause(row, detail) if detail is not None else ""
    came = promise.LANDED[row.landed] if cause else promise.result(row)
    line = tag(
        "p",
        promise.drawing(row),
        tag("span", f"Promised {promise.promised(outcome)}; {came}"),
        class_="vrow wrap",
    )
    did = tag("p", f"{cause}.") if cause else None
    markup(join(line, did, _marks(row), _saved(row, detail)), key=f"epic_outcome_{outcome.key}")
    if detail is not None:
        _freed(row, detail.freed)
        _chain(detail.chain)
        with st.expander("Evidence, money and readings", expanded=len(report.row.outcomes) == 1):
            _facts(row, detail)
            _readings(row, detail)
        asking.listed(outcome.key, detail.questions)
    _next(row, detail)


def _learned(row: OutcomeRow, detail: OutcomeDetail) -> None:
    """What was learned stands above the money, also where the effect did not show."""
    closure = detail.closure
    if closure is None:
        return
    landed = f"{promise.judged(row, closure.landed)}. " if closure.landed else ""
    ended = f"{words.sentence(closure.ended_by.word)} {words.day(closure.ended_on)}. {landed}"
    text = tag("p", tag("b", "What we learned: "), closure.learned or closure.reason, class_="live")
    st.html(join(text, tag("p", ended, class_="sub")))
    closing.download(row)


def _marks(row: OutcomeRow) -> Html:
    """Read and the three ticks: each with a sign, a word and a date."""
    outcome = row.outcome
    given = {name: (who, when) for name, who, when in row.ticks}
    due = "overdue" if row.state == "overdue" else "due"
    marks = [_mark(outcome.actual is not None, "Reading", _read_words(row, due))]
    if outcome.value_class is not ValueClass.NOT_FINANCIAL:
        for tick, name in common.TICKS.items():
            who = given.get(tick.value)
            marks.append(_mark(who is not None, name, f"{who[0]}, {words.day(who[1])}" if who else "open"))
    return join(parts.unbroken(tag("ol", *marks, class_="marks")), _stops(row))


def _stops(row: OutcomeRow) -> Html | None:
    """What keeps it from counting; of a copy that it counts once, with the outcome that it is a copy of."""
    if row.counted_with:
        nothing = f"{words.symbol(row.value.currency)}0"
        return tag(
            "p", f"It counts {nothing} here: it is counted once, with {row.counted_with}.", class_="sub"
        )
    if not row.why_not or row.state in {"confirmed", *common.ENDED}:
        return tag("p", row.uncapped, class_="sub") if row.uncapped and row.value.value else None
    more = f" {row.uncapped}" if row.uncapped else ""
    never = row.outcome.value_class is ValueClass.NOT_FINANCIAL
    opening = words.sentence(row.why_not) if never else f"It does not count yet: {row.why_not}"
    return tag("p", f"{opening}.{more}", class_="sub")


def _saved(row: OutcomeRow, detail: OutcomeDetail | None) -> Html | None:
    """That a saving inside engineering is in lower cost already, and how much of it in the period (V13)."""
    if detail is None or detail.treated != MEMO:
        return None
    saved = f"{words.money(detail.memo, row.value.currency)} in the period: " if detail.memo else ""
    told = f"Already in lower cost, {saved}it lies inside engineering's own cost and is in no total of value."
    return tag("p", told, class_="sub")


def _freed(row: OutcomeRow, found: FreedCapacity | None) -> None:
    """Capacity that it frees: team-weeks, and before it lands what they are worth; never money (rule V14)."""
    if found is None:
        return
    key, figure = row.outcome.key, found.worth
    weeks = f"{words.sentence(capacity_titles.weeks(found.milliweeks))}: spent in priorities, never money. "
    # The full stop belongs to what is underlined: a button that wraps would leave it on a line of its own.
    worth, because = f"{capacity_titles.worth(found).text}.", f" {capacity_titles.because(found)}"
    told = parts.known(worth, figure, outcome=key) if figure.is_known else worth
    flow = f" {capacity_titles.flow(found.flow)}"
    markup(tag("p", tag("b", weeks), told, because, flow, class_="capacity"), key=f"freed_{key}")


def _read_words(row: OutcomeRow, due: str) -> str:
    if row.outcome.read_on is not None:
        late = f"; the next is {due} since {common.due_words(row)}" if common.is_due(row) else ""
        return f"{words.day(row.outcome.read_on)}{late}"
    late = f", {row.days_late} days late" if row.state == "overdue" else ""
    return f"{due} {common.due_words(row)}{late}" if row.due_on else common.due_words(row)


def _mark(done_: bool, name: str, told: str) -> Html:  # noqa: FBT001 - a mark is done or it is not
    return tag("li", tag("b", "✓ " if done_ else "○ "), f"{name}: {told}")


def _chain(chain: Sequence[ChainRow]) -> None:
    """Leading measure → result → money: each link with its own reading and grade (rule V9)."""
    if len(chain) < 2:
        return
    links_ = [_link(one) for one in chain]
    arrows = join(*links_, by=str(tag("span", " → ", class_="neu")))
    note = "· the money takes the weakest grade of its chain"
    markup(
        tag("p", arrows, " ", tag("span", note, class_="neu"), class_="chain"),
        key=f"chain_{chain[0].outcome}_{_this(chain)}",
    )


def _this(chain: Sequence[ChainRow]) -> str:
    return next((one.outcome for one in chain if one.is_this), "")


def _link(one: ChainRow) -> Html:
    came = words.NOT_READ if one.progress is None else f"{words.share(one.progress)} of the promise"
    kind = "money" if one.is_money else "measure"
    name = tag("b", one.metric) if one.is_this else tag("span", one.metric)
    return join(name, tag("span", f" ({kind}, {came}, grade {one.grade})", class_="neu"))


def _facts(row: OutcomeRow, detail: OutcomeDetail) -> None:
    """What was promised when, on which evidence it stands, whose money it is, and what of it counts."""
    outcome = row.outcome
    pairs: list[tuple[str, Child]] = [
        ("Promised", _promised(detail, outcome.unit)),
        ("Evidence", f"{common.GRADES[outcome.grade]}; {outcome.evidence or 'no source yet'}"),
    ]
    if outcome.value_class is not ValueClass.NOT_FINANCIAL:
        pairs += [
            ("One unit is worth", detail.unit_value_words or _unit(row)),
            ("A month of it", _month(row)),
            ("Confirmed", _confirmed(row)),
            ("Assumed to persist", _assumed(detail)),
        ]
        if detail.after_haircut.is_known and detail.haircut_from:
            raw, after = words.figure(detail.raw_forecast), words.figure(detail.after_haircut)
            told = f"{raw} as told, {after} after the record of {detail.haircut_from}"
            pairs.append(("With the record", told))
    if detail.pool is not None:
        pairs.append(("Whose money", pool_words(detail.pool, outcome.key)))
    if detail.plan is not None and detail.plan.confirmer:
        pairs.append(("Finance confirms", detail.plan.confirmer))
    parts.facts(pairs, key=f"outcome_facts_{outcome.key}")


def _month(row: OutcomeRow) -> str:
    """What a month was promised to bring and is read to bring, each at its likely value; of a copy, where."""
    if row.counted_with:
        return f"counted with {row.counted_with}"
    return f"expected {common.with_range(row.expected)}, measured {common.with_range(row.measured)}"


def _confirmed(row: OutcomeRow) -> Html:
    """What counts in the period; that there is none, or that it is not known yet, and why (law T3)."""
    shown = common.shown(row.value, outcome=row.outcome.key)
    return shown if row.value.is_known else join(shown, f": {row.value.reason}")


def _unit(row: OutcomeRow) -> str:
    outcome = row.outcome
    if outcome.unit_value is None:
        return words.NOT_KNOWN
    return f"{promise.worth(outcome)}; {common.BASES[outcome.value_basis]}"


def _promised(detail: OutcomeDetail, unit: str) -> str:
    """What was promised when work started, with its unit; the lower end of the range first."""
    low, likely, high = _in_order(detail.promised)
    sign = "%" if unit in promise.PERCENT else ""
    shown = f"{likely}{sign}" if low == high else f"{likely}{sign} ({low}{sign}{words.DASH}{high}{sign})"
    named = shown if sign else f"{shown} {unit}".strip()
    if detail.promised_on:
        return f"{named}, frozen {words.day(detail.promised_on)}{promise.entered(detail)}"
    return f"{named}, not frozen until work starts"


def _in_order(ends: tuple[str, str, str]) -> tuple[str, str, str]:
    """The lower end first; what a target is told as stays as it is."""
    low, likely, high = ends
    first, last = draft.number(low), draft.number(high)
    return (high, likely, low) if first is not None and last is not None and last < first else ends


def _assumed(detail: OutcomeDetail) -> str:
    if not detail.assumed.is_known:
        return detail.assumed.reason or words.NOT_KNOWN
    plan = detail.plan
    until = f" over {plan.horizon_months} months" if plan and plan.horizon_months else ""
    return f"{common.with_range(detail.assumed)}{until}; not confirmed until the next reading"


def pool_words(pool: PoolRow, outcome: str = "") -> Html:
    """One movement, claimed once: what of it counts here and elsewhere, what is cut, what is nobody's."""
    place = " · ".join(part for part in (pool.line, pool.cell) if part) or "no finance line is named yet"
    told: list[Child] = [f"{place}. "]
    if pool.movement.is_known:
        capped = " The line moved less than was claimed." if pool.is_capped else ""
        told.append(f"{pool_titles.parts(pool, outcome)}{capped} ")
    if len(pool.claims) > 1:
        claims = words.sentence(words.spelled(len(pool.claims), "claim"))
        told.append(f"{claims} read this pool; together never more than it.")
    return join(*told)


def _readings(row: OutcomeRow, detail: OutcomeDetail) -> None:
    """Every reading there was; one alone stands in the marks already."""
    if len(detail.readings) < 2:
        return
    columns = [
        Column("Read on", "text"),
        Column("Level"),
        Column("Grade", "text"),
        Column("Source", "prose", phone=False),
    ]
    rows = [
        Row(
            (
                Cell(words.day(one.read_on)),
                Cell(promise.level(one.actual, row.outcome.unit)),
                Cell(one.grade.value),
                Cell(". ".join(part for part in (one.evidence, one.also_happened) if part)),
            ),
            "flat",
        )
        for one in detail.readings
    ]
    parts.graphic_table(f"readings_{row.outcome.key}", "Readings", columns, rows)
    months = [month_of(one.read_on) for one in detail.readings]
    twice = sorted({month for month in months if months.count(month) > 1})
    if twice:
        note(promise.read_twice(twice))


# The next step


def _next(row: OutcomeRow, detail: OutcomeDetail | None) -> None:
    outcome = row.outcome
    is_ended = detail is not None and detail.closure is not None
    with st.container(horizontal=True, key=f"epic_next_{outcome.key}"):
        if session.actor().may(Action.RECORD_OUTCOME):
            _owner_steps(row, is_ended=is_ended)
        is_money = outcome.value_class is not ValueClass.NOT_FINANCIAL
        is_waiting = bool(row.why_not) and row.state != "confirmed" and not row.counted_with
        waits = is_money and outcome.actual is not None and is_waiting and not is_ended
        stopped = _why_not_confirmed(row) if waits else ""
        if waits and session.actor().may(Action.CONFIRM_VALUE):
            label = "Look closer, adjust or ask" if stopped else "Confirm"
            parts.open_page(label, "outcomes", state="confirm", outcome=outcome.key)
    note(stopped)


def _why_not_confirmed(row: OutcomeRow) -> str:
    """Why whoever looks cannot confirm it now, and who can; empty when they can (rules V7 and V10)."""
    given = {name for name, _, _ in row.ticks}
    stopped = [why for tick, why in row.stopped if tick not in given]
    if stopped:
        return " ".join(dict.fromkeys(stopped))
    owner, acting = row.outcome.owner, session.actor()
    if acting.may(Action.CONFIRM_VALUE) and not common.is_same(acting.name, owner):
        return ""
    return f"It waits for finance: {common.confirmers(owner)}."


def _owner_steps(row: OutcomeRow, *, is_ended: bool) -> None:
    key = row.outcome.key
    if is_ended:
        parts.open_page("How it ended", "outcomes", state="close", outcome=key)
        return
    label = "Record the actual" if row.outcome.actual is None else "Record a new reading"
    parts.open_page(label, "outcomes", state="reading", outcome=key)
    if row.state == "draft" and st.button("Agreed", key=f"agree_{key}"):
        receipt = deciding.press(key, anticipating.agree, key, session.today())
        done.tell(receipt, "Agreed as it stands.")
    parts.open_page("Change the promise", "outcomes", state="edit", outcome=key)
    parts.open_page("Close the loop", "outcomes", state="close", outcome=key)
