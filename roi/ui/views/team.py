"""The parts of one team's page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from roi.charts import svg
from roi.charts.markup import Child, Html, join, tag
from roi.domain.figures import Figure
from roi.reports.loop import sofar
from roi.reports.shapes import EpicRow, NamedAmount, TeamReport
from roi.reports.shapes.team import TeamEpicValue
from roi.story import cost_titles, tied, titles, value_titles, words
from roi.story.value_titles import CLASSES
from roi.ui import links, parts


def eyebrow(report: TeamReport) -> Child:
    """`Portfolio / Enrolment / Onboarding` with real links."""
    steps = [("Portfolio", links.href("")), ("Teams", links.href("teams"))]
    period = f" · {report.span.long_label}" if report.span else ""
    return parts.crumbs(steps, f"{report.team.name}{period} · {words.currency_name(report.currency)}")


def lede(report: TeamReport) -> str:
    """What kind of team it is and where it stands, and what its numbers depend on (rule V3)."""
    team = report.team
    kind = team.kind.value.replace("_", " ")
    place = ", ".join(part for part in (team.value_stream, team.division) if part)
    said = f"{words.sentence(kind)} team" + (f" in {place}" if place else "") + "."
    epics = " Differences between teams come from which epics they worked on." if report.epics else ""
    rates = " Its people stand at standard rates; only finance sees pay." if report.at_standard_rates else ""
    return said + epics + rates


def kpis(report: TeamReport) -> list[parts.Kpi]:
    """Full cost, heads with the cost of each, confirmed cash, return with its range, outcomes read."""
    row, key = report.row, report.team.key
    told = words.range_of(row.returned)
    graphic = None
    if told:
        figure = row.returned
        shown = svg.Range(figure.low or 0, figure.value or 0, figure.high or 0, f"likely {told}")
        graphic = svg.interval(shown, svg.axis_for([figure.high]), is_alone=True)
    verdict = value_titles.NOT_SETTLED if value_titles.exceeds_results(report) else row.verdict.value
    note = f"likely {told} · {verdict}" if told else _reason(row.returned, verdict)
    return [
        _cost(report),
        *_heads(report),
        parts.Kpi("Confirmed cash value", *_confirmed(report), figure=row.confirmed, team=key),
        parts.Kpi(
            f"Return per {words.symbol(report.currency)}1",
            _shown(row.returned) if row.outcomes_total else "needs one outcome",
            note if row.outcomes_total else "",
            row.returned,
            graphic,
            key,
        ),
        parts.Kpi("Outcomes read", _read(report), "" if row.outcomes_total else "nothing to read yet"),
    ]


def _cost(report: TeamReport) -> parts.Kpi:
    """The full cost; of a team that passes all of it on, its own."""
    row, key = report.row, report.team.key
    if row.own is not None and row.passed_on is not None and row.passed_on.value:
        return parts.Kpi("Own cost, passed on", _shown(row.own), _cost_note(report), row.own, team=key)
    return parts.Kpi("Full cost", _shown(row.cost), _cost_note(report), row.cost, team=key)


def _cost_note(report: TeamReport) -> Child:
    """How own cost stands against plan (before reallocation), else in how many months there is cost."""
    plan = report.plan
    if plan is None or plan.share.value is None:
        return _months(report)
    side = cost_titles.against_plan(plan.share.value)
    tone = {"above": "bad", "below": "good"}.get(side, "quiet")
    mark = {"above": "▲ ", "below": "▼ "}.get(side, "")
    key = report.team.key
    shown = tag(
        "span", parts.known(f"{mark}{words.apart(plan.share.value)}", plan.share, team=key), class_=tone
    )
    is_passed = report.row.passed_on and report.row.passed_on.value
    own = "" if is_passed else join("own ", _known(plan.actual, key), ", ")
    return join(own, shown, " vs plan ", _known(plan.plan, key))


def _known(figure: Figure, team: str) -> Child:
    return parts.cell_known(words.figure(figure), figure, team=team)


def _heads(report: TeamReport) -> list[parts.Kpi]:
    heads, each = report.row.heads, report.row.cost_per_head
    if heads is None or not heads.value:
        return []
    count = words.counted(len(report.months), "month")
    note: Child = f"on average over {count}"
    if each is not None and each.value:
        note = join(parts.known(words.figure(each), each, team=report.team.key), f" each in {count}")
    return [parts.Kpi("Full-time equivalents", words.figure(heads), note, heads, team=report.team.key)]


def _confirmed(report: TeamReport) -> tuple[str, str]:
    row = report.row
    if not row.outcomes_total:
        return "needs one outcome", known_so_far(report)
    shown = words.NONE if sofar.is_none(row.confirmed) else _shown(row.confirmed)
    return shown, _reason(row.confirmed, "by finance, cash only")


def known_so_far(report: TeamReport) -> str:
    """What is known of a team without an outcome."""
    return "cost is known, value is not" if report.row.cost.is_known else "neither cost nor value is known"


def no_cost(report: TeamReport) -> None:
    """Without a cost line: a step that widens what is looked at, if it is narrowed; else where costs are."""
    text = f"{report.team.name} has no cost line in this period."
    if links.scope_query():
        parts.no_match(text)
        return
    how = "A cost line names its team, or a cost area that is mapped to it."
    parts.empty_state(text, how, ("See Data", "data"))


def _shown(figure: Figure) -> str:
    return words.figure(figure) if figure.is_known else value_titles.missing(figure)


def _reason(figure: Figure, otherwise: str) -> str:
    return otherwise if figure.is_known else figure.reason


def _months(report: TeamReport) -> str:
    count = sum(amount is not None for amount in report.by_month)
    return f"in {words.count_of(count, len(report.months))} months"


def _read(report: TeamReport) -> str:
    row = report.row
    return words.count_of(row.outcomes_read, row.outcomes_total) if row.outcomes_total else "none recorded"


def months_note(report: TeamReport) -> str:
    """How to read the columns."""
    has_plan = report.plan is not None and any(report.plan.by_month)
    shared = "Own cost, before reallocation. " if report.givers or report.takers else ""
    marks = "Solid = actual, outline = plan. " if has_plan else ""
    return f"{shared}{marks}A gap is a month without a cost line."


NAMED = {
    "area": ("Where the cost comes from", "Own cost by cost area."),
    "category": ("What it was spent on", "Own cost by category."),
    "intent": ("What it is for", "Own cost by intent."),
}


def named(attribute: str, rows: tuple[NamedAmount, ...], report: TeamReport) -> None:
    """The own cost by one of its attributes: the amount of each name, and their exact sum."""
    if not rows:
        return
    title, sub = NAMED[attribute]
    parts.section(title, sub)
    columns = [parts.Column("Name", "text"), parts.Column("Lines", phone=False), parts.Column("Amount")]
    drawn = [
        parts.Row(
            (
                parts.Cell(words.sentence(row.name or "not said")),
                parts.Cell(f"{row.lines:,}" if row.lines else ""),
                parts.Cell(_part(row, attribute, report)),
            ),
            "flat",
        )
        for row in rows
    ]
    total = words.exact(sum(row.amount for row in rows), report.currency)
    shown = parts.cell_known(total, report.row.own or report.row.cost, team=report.team.key)
    drawn.append(parts.Row((parts.Cell("Sum"), parts.Cell(), parts.Cell(shown)), "total"))
    parts.graphic_table(f"team-{attribute}", title, columns, drawn)


def _part(row: NamedAmount, attribute: str, report: TeamReport) -> Html:
    shown = words.exact(row.amount, report.currency)
    return parts.known_part(shown, "cost_part", team=report.team.key, part=row.part(attribute))


def epics(report: TeamReport) -> None:
    """The team's epics and the rest of its work: together its cost and what it books in the period."""
    columns = [
        parts.Column("Epic", "text"),
        parts.Column("Kind", "text", phone=False),
        parts.Column("Cost in the period"),
        parts.Column("Confirmed cash"),
        parts.Column("Protected, not cash", phone=False),
        parts.Column("State", "text", phone=False),
    ]
    costs = [(row.cost_in_period or row.cost).value for row in report.epics]
    rest, whole = report.rest.value if report.rest else None, _worked(report)
    value = _Value.of(report, [*costs, rest, whole])
    scale = value.scale
    printed = tied.printed(scale, whole, [tied.Branch(cost) for cost in (*costs, rest)])
    told = [tied.text(scale, one.steps, cost) for one, cost in zip(printed, (*costs, rest), strict=True)]
    rows = [_epic(row, cost, value) for row, cost in zip(report.epics, told, strict=False)]
    rows += [_received(one, value) for one in value.received()]
    if report.rest is not None:
        shown = parts.known(told[-1], report.rest, team=report.team.key)
        name = report.rest.definition.name
        empty = parts.Cell()
        rows.append(parts.Row((parts.Cell(name), empty, parts.Cell(shown), empty, empty, empty), "flat"))
        sums = parts.Cell(scale.text(whole)), parts.Cell(value.whole()), empty, empty
        rows.append(parts.Row((parts.Cell("All work"), empty, *sums), "total"))
    parts.graphic_table("team-epics", f"Epics of {report.team.name}", columns, rows)


@dataclass(frozen=True, slots=True)
class _Value:
    """What the team books by epic, as it is printed: the cash of all rows adds up to the team's."""

    report: TeamReport
    scale: words.Scale
    cash: Mapping[str, str]

    @classmethod
    def of(cls, report: TeamReport, costs: Sequence[int | None]) -> "_Value":
        confirmed = report.row.confirmed.value
        amounts = [amount for one in report.booked for amount in (one.cash, *dict(one.protected).values())]
        scale = tied.compact([*costs, confirmed, *amounts], report.currency)
        its = [one for one in report.booked if one.cash]
        printed = tied.printed(scale, confirmed, [tied.Branch(one.cash) for one in its])
        told = (tied.text(scale, shown.steps, one.cash) for one, shown in zip(its, printed, strict=True))
        return cls(report, scale, dict(zip((one.epic for one in its), told, strict=True)))

    @property
    def is_passed_on(self) -> bool:
        """Whether what stands here is booked by the teams that it serves (rule V2)."""
        return self.report.team.kind.value in titles.UNJUDGED_KINDS

    def cash_of(self, epic: str) -> Child:
        """The cash of an epic that the team books."""
        told = self.cash.get(epic, "")
        if self.is_passed_on:
            return f"{told}, passed on" if told else ""
        amount = next((one.cash for one in self.report.booked if one.epic == epic), 0)
        return self._opened(told, epic, amount) if told else ""

    def protected_of(self, epic: str) -> Child:
        """Each amount that is not cash with its class (rule V6)."""
        found = next((one.protected for one in self.report.booked if one.epic == epic), ())
        after = ", passed on" if self.is_passed_on else ""
        told = [
            join(self._opened(self.scale.text(amount), epic, amount), f" {CLASSES[name].lower()}{after}")
            for name, amount in found
            if amount
        ]
        return join(*told, by=", ") if told else ""

    def _opened(self, told: str, epic: str, amount: int) -> Child:
        """The amount; where it is all of one outcome's value, it opens that."""
        rows = [row for row in self.report.epics if row.epic.key == epic]
        its = [one for row in rows for one in row.outcomes if one.value.value == amount]
        return parts.known(told, its[0].value, outcome=its[0].outcome.key) if len(its) == 1 else told

    def received(self) -> list[TeamEpicValue]:
        """Epics of other teams of which value passes on to this one, and what is recorded no longer."""
        own = {row.epic.key for row in self.report.epics}
        return [one for one in self.report.booked if one.epic not in own and (one.cash or one.protected)]

    def whole(self) -> Child:
        """The cash of all rows."""
        row = self.report.row
        if row.confirmed.value is None or self.is_passed_on:
            return ""
        told = self.scale.text(row.confirmed.value)
        return parts.cell_known(told, row.confirmed, team=self.report.team.key)


def _noted(*notes: Child) -> Html:
    """What a phone, which has fewer columns, tells under the name."""
    return join(*(one for one in notes if one), by=" · ")


def _received(one: TeamEpicValue, value: _Value) -> parts.Row:
    """A row of value that passes on to the team: the epic is another team's, and so is its cost."""
    protected = value.protected_of(one.epic)
    cells = (
        parts.Cell(one.name, phone_note=_noted("passed on", protected)),
        parts.Cell(),
        parts.Cell(),
        parts.Cell(value.cash_of(one.epic)),
        parts.Cell(protected, tone="text"),
        parts.Cell("passed on by a team that serves" if one.epic else ""),
    )
    return parts.Row(cells, "flat", links.href("epic", epic=one.epic) if one.epic else "")


def _worked(report: TeamReport) -> int | None:
    """The cost that the team's work shares: a serving team's own, as it passes on what it costs."""
    inputs = dict(report.rest.inputs) if report.rest else {}
    return inputs.get("team_cost", report.row.cost.value)


def _nothing(row: EpicRow) -> str:
    """Why an epic shows no confirmed value: its money counts with another epic, or there is none yet."""
    copies = [outcome for outcome in row.outcomes if outcome.counted_with]
    return "counts elsewhere" if copies and len(copies) == len(row.outcomes) else "none yet"


def _epic(row: EpicRow, told: str, value: _Value) -> parts.Row:
    key, team = row.epic.key, value.report.team.key
    whose = {"epic": key, "team": team, "part": "period" if row.cost_in_period else ""}
    states = words.listed(sorted({outcome.standing for outcome in row.outcomes})) or "no outcome recorded"
    cash, protected = value.cash_of(key), value.protected_of(key)
    cells = (
        parts.Cell(row.epic.name, phone_note=_noted(states, protected)),
        parts.Cell(row.epic.kind.value.replace("_", " ")),
        parts.Cell(parts.cell_known(told, row.cost_in_period or row.cost, **whose)),
        parts.Cell(cash or ("" if protected else _nothing(row))),
        parts.Cell(protected, tone="text"),
        parts.Cell(states),
    )
    return parts.Row(cells, "flat", links.href("epic", epic=key))
