"""The graphic table of teams by value stream: what each costs, and what its work returned."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from roi.charts import svg
from roi.charts.markup import Child, Html, join, tag
from roi.domain.figures import Figure
from roi.domain.structure import Verdict
from roi.reports.booked import by_stream
from roi.reports.shapes import PortfolioReport, StreamRow, TeamOutline, TeamReport, TeamRow, TeamsReport
from roi.story import tied, titles, value_titles, words
from roi.ui import links, parts, states
from roi.ui.views import wide

MARKS = (
    "Dot = best estimate, bar = likely range (8 in 10), dashed = break-even. Outcomes: filled = read, "
    "ring = not read, orange = a reading is overdue."
)
"""How to read what a phone has no room for."""
AT_RATES = " People stand at the published rate of their role; only finance sees pay."
ALL = "All teams"
NONE = {by: f"No {words.group(by)}" for by in ("value_stream", "division")}
"""What teams that are in no group stand under."""
AFTER = "After enabling teams and overhead are passed on to the teams they serve. "


@dataclass(frozen=True, slots=True)
class Whole:
    """What the table sums up: teams by stream, then what stands beside them, then all of it."""

    streams: tuple[StreamRow, ...]
    total: TeamRow
    overhead: Figure | None
    difference: Figure | None
    currency: str
    is_company: bool = True
    paybacks: Mapping[str, Figure] = field(default_factory=dict)
    page: str = ""
    value: str = ""
    is_unsettled: bool = False
    grouped_by: str = "value_stream"

    def named(self, stream: StreamRow) -> str:
        """What a group is called where it is opened; teams that are in none have a name too."""
        return stream.name or NONE[self.grouped_by]

    def address(self, stream: str) -> str:
        """Where this table stands with the teams of one stream, or of none."""
        return links.href(self.page, open=stream, value=self.value)


def of(report: PortfolioReport | TeamsReport) -> Whole:
    """The whole of a report, with streams that serve others last."""
    streams = sorted(report.streams, key=lambda stream: stream.total.kind in titles.UNJUDGED_KINDS)
    total = report.total or _sum_of(report)
    is_company = report.other_teams is None
    overhead = report.overhead if is_company and report.overhead and report.overhead.value else None
    beyond = report.standard_difference if is_company else None
    said = beyond if _is_said(beyond) else None
    value = wide.WIDE if isinstance(report, PortfolioReport) and report.wide is not None else ""
    unsettled = value_titles.exceeds_results(report)
    return Whole(
        tuple(streams),
        total,
        overhead,
        said,
        report.currency,
        is_company,
        value=value,
        is_unsettled=unsettled,
        grouped_by=report.grouped_by,
    )


def _is_said(figure: Figure | None) -> bool:
    return figure is not None and (bool(figure.value) or not figure.is_known)


def _sum_of(report: PortfolioReport | TeamsReport) -> TeamRow:
    if isinstance(report, TeamsReport):
        message = "a report of teams has its total"
        raise TypeError(message)
    return TeamRow(
        "", "", "", report.cost, report.confirmed, report.protected, report.returned, report.verdict,
        report.outcomes_read, report.outcomes_total, report.outcomes_overdue,
    )  # fmt: skip


def reserve(report: TeamsReport | TeamReport) -> None:
    """What stands above every return while more is claimed than the company's own results moved (D30)."""
    if value_titles.exceeds_results(report):
        states.callout("attention", value_titles.EXCEEDS)


def note(report: PortfolioReport | TeamsReport) -> str:
    """How to read the table."""
    teams = [team for stream in report.streams for team in stream.outlined]
    shared = AFTER if any(_apart(team.own, team.cost) for team in teams) else ""
    folded = folds(report.grouped_by) if _is_folded(report.streams) else ""
    rates = AT_RATES if report.at_standard_rates else ""
    return f"{shared}{_counted_twice(report)}{rates}{folded}".strip()


def folds(by: str) -> str:
    """That a row opens."""
    return f" A {words.group(by)} opens to show its teams."


def _counted_twice(report: PortfolioReport | TeamsReport) -> str:
    """That outcomes of several value streams stand in each, so that the rows sum to more than all."""
    total = report.total
    if total is None or len(report.streams) < 2:
        return ""
    more = sum(stream.total.outcomes_total for stream in report.streams) - total.outcomes_total
    if more <= 0:
        return ""
    sums = words.count_of(
        sum(stream.total.outcomes_read for stream in report.streams), total.outcomes_total + more
    )
    whole = words.count_of(total.outcomes_read, total.outcomes_total)
    return f" An outcome that several share stands with each of them: {sums} in the rows, {whole} in all."


def _is_folded(streams: Sequence[StreamRow]) -> bool:
    return by_stream.is_many(sum(len(stream.outlined) for stream in streams), len(streams))


def opened() -> tuple[str, ...]:
    """The value streams that the address opens, where the table has too many teams to show them all."""
    asked = links.asked("open")
    return () if not asked else ("", asked) if asked in NONE.values() else (asked,)


def _names(whole: Whole) -> Iterator[str]:
    """What stands in the first column."""
    for stream in whole.streams:
        yield stream.name
        yield from (team.name for team in stream.teams)


def draw(whole: Whole, key: str) -> None:
    """Own cost, what comes from enabling teams and overhead, full cost; confirmed cash, return, verdict."""
    outlines = [team for stream in whole.streams for team in (*stream.outlined, _outline(stream.total))]
    ends = [team.high for team in outlines]
    axis = svg.axis_for(ends, _NARROW if whole.paybacks else _WIDE)
    cells = _Cells.of(whole, axis)
    drawn = [line for stream in whole.streams for line in _stream(stream, cells, whole)]
    drawn += _beside(whole, cells)
    if whole.is_company:
        drawn.append(parts.Row(tuple(cells.of_row(whole.total, ALL)), "total"))
    one = words.symbol(whole.currency)
    group = words.group(whole.grouped_by)
    head = join("Likely range ", tag("br"), svg.axis_head(axis, one))
    columns = [
        parts.Column(f"{words.sentence(group)} and team", parts.kind_of_names(_names(whole))),
        parts.Column(join("Own", tag("br"), "cost"), phone=False),
        parts.Column(
            join("From enabling", tag("br"), "and overhead"),
            phone=False,
            note="received from serving teams and overhead, less what is passed on",
        ),
        parts.Column(join("Full", tag("br"), "cost")),
        parts.Column(join("Confirmed", tag("br"), "cash")),
        parts.Column(join("Return", tag("br"), f"per {one}1")),
        parts.Column(head, "graphic", phone=False),
        parts.Column("", "text", phone=False),
        parts.Column("Verdict", "text", phone=False),
        *([_PAYBACK] if whole.paybacks else []),
        parts.Column(join("Protected,", tag("br"), "not cash"), phone=False),
        parts.Column(join("Outcomes", tag("br"), "read"), "graphic", phone=False),
    ]
    parts.graphic_table(key, f"Teams by {group}", columns, drawn)


_WIDE, _NARROW = 150, 90
"""How wide ranges are drawn, alone and where a column of paybacks stands beside them; pixels."""

_PAYBACK = parts.Column(
    join("Pays back", tag("br"), "in month"),
    "text",
    phone=False,
    note="months from the first cost of its epics until it is back, with the likely range (8 in 10)",
)


def _stream(stream: StreamRow, cells: "_Cells", whole: Whole) -> list[parts.Row]:
    is_plain = len(whole.streams) == 1 and not stream.key
    rows = [] if is_plain else [_head(stream, cells, whole)]
    if not is_plain and _is_folded(whole.streams):
        is_open = links.asked("open") == whole.named(stream)
        rows = [_handle(rows[0], stream, whole, is_open=is_open)]
        if not is_open:
            return rows
    kind = "flat" if is_plain else "row"
    is_serving = not is_plain and stream.total.kind in titles.UNJUDGED_KINDS
    return rows + [
        parts.Row(
            tuple(cells.of_row(team, team.name, is_told=is_serving)), kind, links.href("team", team=team.key)
        )
        for team in stream.teams
    ]


def _head(stream: StreamRow, cells: "_Cells", whole: Whole) -> parts.Row:
    """The row of a group; that of a value stream leads to its page as a product, over its life."""
    is_product = whole.grouped_by == "value_stream" and bool(stream.key)
    go = links.href("product", value_stream=stream.key) if is_product else ""
    return parts.Row(tuple(cells.of_row(stream.total, whole.named(stream))), "group", go)


def _handle(row: parts.Row, stream: StreamRow, whole: Whole, *, is_open: bool) -> parts.Row:
    """The row of a stream as what opens it, and closes it again."""
    name = whole.named(stream)
    count = words.counted(len(stream.outlined), "team").replace(" ", "\u00a0")
    said = f"{'▾' if is_open else '▸'} {name} ({count})"
    first, *rest = row.cells
    return replace(row, cells=(replace(first, shown=said), *rest), go=whole.address("" if is_open else name))


def _beside(whole: Whole, cells: "_Cells") -> list[parts.Row]:
    """Overhead, which teams carry by headcount; and what finance alone may take apart."""
    found = []
    if whole.overhead is not None:
        found.append(cells.beside("Overhead", whole.overhead, "shared out by headcount", is_passed=True))
    if whole.difference is not None:
        told = "people stand at the published rate of their role"
        found.append(cells.beside("Difference to standard rates", whole.difference, told, is_passed=False))
    return found


def _from(row: TeamRow) -> int | None:
    """What the team's full cost has beside its own: received and overhead, less what is passed on."""
    return _apart(row.own.value if row.own else None, row.cost.value)


def _apart(own: int | None, full: int | None) -> int | None:
    return None if own is None or full is None else full - own


_Whose = Mapping[str, str] | None
"""Whose figures a row shows: a team's, a stream's (`""`: all), or nobody's that a link could name."""


def _known(shown: Child, figure: Figure | None, whose: _Whose) -> Child:
    return shown if whose is None else parts.cell_known(shown, figure, **whose)


_outline = TeamOutline.of
_MONEY = ("own", "cost", "confirmed", "protected")
Steps = dict[tuple[str, str], tuple[int | None, int | None]]
"""Printed steps and exact amount by row and column."""


@dataclass(frozen=True, slots=True)
class _Cells:
    """Cells of the table; amounts print so that rows and columns add up."""

    scale: words.Scale
    axis: svg.Axis
    steps: Steps
    paybacks: Mapping[str, Figure]
    is_unsettled: bool = False

    @classmethod
    def of(cls, whole: Whole, axis: svg.Axis) -> "_Cells":
        teams = [team for stream in whole.streams for team in (_outline(stream.total), *stream.outlined)]
        amounts = [_value(team, name) for team in (*teams, _outline(whole.total)) for name in _MONEY]
        scale = tied.scale_for(amounts, whole.currency)
        steps: Steps = {}
        for name in _MONEY:
            steps |= _column(whole, name, scale)
        return cls(scale, axis, steps, whole.paybacks, whole.is_unsettled)

    def amount(self, key: str, name: str) -> str:
        return tied.text(self.scale, *self.steps.get((key, name), (None, None)))

    def verdict(self, row: TeamRow) -> str:
        """None where the return is not known; none is settled while more is claimed than results moved."""
        if not row.returned.is_known and row.verdict is not Verdict.TOO_EARLY:
            return ""
        return value_titles.NOT_SETTLED if row.verdict.value and self.is_unsettled else row.verdict.value

    def shared(self, key: str, row: TeamRow) -> str:
        """Full minus own as printed, so that a row adds up."""
        own, full = (self.steps.get((key, name), (None, None))[0] for name in ("own", "cost"))
        exact = _from(row)
        if own is None or full is None or exact is None:
            return words.DASH
        return tied.signed(self.scale, full - own if exact else 0, exact)

    def of_row(self, row: TeamRow, name: str, *, is_told: bool = False) -> list[parts.Cell]:
        is_team = (f"team {row.key}", "cost") in self.steps
        key = f"team {row.key}" if is_team else name
        whose = {"team" if is_team else "stream": row.key} if row.key or name == ALL else None
        is_serving = row.kind in titles.UNJUDGED_KINDS
        own = f"passes on {self.amount(key, 'own')}" if is_serving else ""
        head = [
            parts.Cell(name, phone_note=own or self.verdict(row)),
            parts.Cell(_known(self.amount(key, "own"), row.own if row.key else None, whose)),
            parts.Cell(_known(self.shared(key, row), row.full if row.key else None, whose)),
            parts.Cell(_known(self.amount(key, "cost"), row.cost, whose)),
        ]
        if is_serving:
            told = (
                "" if is_told else f"value is booked by the teams {'it serves' if is_team else 'they serve'}"
            )
            return [*head, parts.Cell(told, "", "quiet text prose-one", 6 + bool(self.paybacks)), _dots(row)]
        return [*head, *self._returned(row, key, whose)]

    def _returned(self, row: TeamRow, key: str, whose: "_Whose") -> list[parts.Cell]:
        told = words.range_of(row.returned)
        is_drawn = bool(told) and row.verdict is not Verdict.TOO_EARLY
        graphic = interval(row.returned, told, self.axis) if is_drawn else ""
        return [
            parts.Cell(_known(self.amount(key, "confirmed"), row.confirmed, whose)),
            parts.Cell(
                _known(words.figure(row.returned), row.returned, whose),
                phone_note=told if is_drawn else "",
            ),
            parts.Cell(
                graphic or _why_no_range(row), tone="" if graphic else "quiet", span=1 if graphic else 2
            ),
            *([parts.Cell(_known(told, row.returned, whose), tone="quiet")] if graphic else []),
            parts.Cell(self.verdict(row) or words.DASH),
            *([self._payback(row.key)] if self.paybacks else []),
            parts.Cell(_known(self.amount(key, "protected"), row.protected, whose)),
            _dots(row),
        ]

    def beside(self, name: str, figure: Figure, told: str, *, is_passed: bool) -> parts.Row:
        """A row of the company beside the teams: overhead is passed on, the difference stays."""
        steps, amount = self.steps.get((name, "own"), (None, None))
        full = "0" if is_passed else self.amount(name, "own")
        passed = tied.text(self.scale, -(steps or 0), -(amount or 0)) if is_passed else ""
        zero = f"{words.symbol(self.scale.currency)}{full}" if is_passed else full
        cells = (
            parts.Cell(name),
            parts.Cell(parts.known(self.amount(name, "own"), figure)),
            parts.Cell(passed),
            parts.Cell(zero),
            parts.Cell(told, "", "quiet text", 6 + bool(self.paybacks)),
            parts.Cell(),
        )
        return parts.Row(cells, "apart")

    def _payback(self, team: str) -> parts.Cell:
        """`8 (7–9)`: in which month, likely; why there is none as a hint."""
        figure = self.paybacks.get(team)
        if figure is None:
            return parts.Cell()
        if not figure.is_known:
            return parts.Cell(tag("span", words.DASH, class_="neu", title=figure.reason))
        is_ranged = figure.low is not None and figure.high is not None
        likely = f" ({figure.low}–{figure.high})" if is_ranged else " (open end)"
        return parts.Cell(parts.known(f"{figure.value}{likely}", figure, team=team))


def _column(whole: Whole, name: str, scale: words.Scale) -> Steps:
    """One column in print: streams and what stands beside them make the total, teams make their stream."""
    branches = [
        tied.Branch(
            _value(_outline(stream.total), name), tuple(_value(_outline(team), name) for team in stream.teams)
        )
        for stream in whole.streams
    ]
    names = [whole.named(stream) for stream in whole.streams]
    beside = [("Overhead", whole.overhead), ("Difference to standard rates", whole.difference)]
    for label, figure in beside:
        is_in = figure is not None and (name == "own" or (name == "cost" and label != "Overhead"))
        if is_in and figure is not None:
            branches.append(tied.Branch(figure.value))
            names.append(label)
    total = _total(whole, name)
    found: Steps = {(ALL, name): (None if total is None else scale.rounded(total), total)}
    shown = tied.printed(scale, total, branches)
    for label, branch, steps in zip(names, branches, shown, strict=True):
        found[label, name] = steps.steps, branch.amount
    for stream, branch, steps in zip(whole.streams, branches, shown, strict=False):
        for team, amount, leaf in zip(stream.teams, branch.leaves, steps.leaves, strict=True):
            found[f"team {team.key}", name] = leaf, amount
    return found


def _value(team: TeamOutline, name: str) -> int | None:
    amount: int | None = getattr(team, name)
    return amount


def _total(whole: Whole, name: str) -> int | None:
    """The total of a column; own cost of the company has overhead in it, which stands in a row of its own."""
    amount = _value(_outline(whole.total), name)
    if name == "own" and amount is not None and whole.overhead is not None:
        return amount + (whole.overhead.value or 0)
    return amount


def interval(figure: Figure, told: str, axis: svg.Axis | None = None) -> Html:
    """A return with its range, on a shared axis or alone."""
    shown = svg.Range(figure.low or 0, figure.value or 0, figure.high or 0, f"likely {told}")
    return svg.interval(shown, axis or svg.axis_for([shown.high]), is_alone=axis is None)


def _why_no_range(row: TeamRow) -> Child:
    if row.outcomes_total == 0:
        return "no outcome recorded"
    if not row.returned.is_known and row.verdict is not Verdict.TOO_EARLY:
        return tag("span", "return not known", title=row.returned.reason)
    return f"{words.count_of(row.outcomes_read, row.outcomes_total)} read: too few to judge"


def _dots(row: TeamRow) -> parts.Cell:
    if not row.key:
        return parts.Cell(words.count_of(row.outcomes_read, row.outcomes_total) if row.outcomes_total else "")
    counts = row.outcomes_read, row.outcomes_overdue, row.outcomes_total
    return parts.Cell(svg.dots(*counts, both=row.read_and_overdue))
