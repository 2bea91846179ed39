"""What the cost is for, how finance books it, and how it ties to the books (rule V1)."""

from roi.charts.markup import Child
from roi.domain.figures import Figure
from roi.reports.shapes import PartRow, TeamsReport, Ties
from roi.story import cost_titles, formulas, words
from roi.ui import parts
from roi.ui.views import mix_bar


def draw(report: TeamsReport) -> None:
    """Run, grow, transform; capital and operating; the parts of the ledger with their sum."""
    parts.section(cost_titles.mix(report).known, "Cost by intent, as the files say it, overhead included.")
    mix_bar.draw(report.intents, report.currency, "intent", mix_bar.INTENTS)
    treated = {row.name: row.amount for row in report.treatments}
    if treated.get("capital") or treated.get("operating"):
        told = "Cost of teams, as finance itself split its lines; nothing is decided here."
        parts.section(cost_titles.booked(report).known, told)
        mix_bar.draw(report.treatments, report.currency, "treatment", mix_bar.TREATMENTS)
    if report.ties is not None:
        _ties(report.ties, report)


def _ties(ties: Ties, report: TeamsReport) -> None:
    amount = ties.difference.value
    title = (
        "The ledger and its parts"
        if amount is None
        else f"Ledger and parts differ by {_plain(amount, report)}"
    )
    parts.section(title, "Every line of the ledger is in one of these places; none is in two.")
    columns = [
        parts.Column("Where", "text"),
        parts.Column("What", "text", phone=False),
        parts.Column("Amount"),
    ]
    rows = [_part(row, report) for row in ties.ledger]
    ledger = parts.known(_exact(report.ledger.value, report), report.ledger)
    rows.append(parts.Row((parts.Cell("Ledger"), parts.Cell(), parts.Cell(ledger)), "total"))
    shown = parts.known(_exact(amount, report), ties.difference)
    rows.append(parts.Row((parts.Cell("Difference"), parts.Cell(), parts.Cell(shown)), "note"))
    parts.graphic_table("mix-ledger", "The ledger and its parts", columns, rows)
    parts.section(
        "Spend, and the charge to profit and loss",
        "Two questions, two sums; neither is the ledger. What is on no team yet is in both.",
    )
    told: list[tuple[str, Child]] = [
        ("Spend", _formula(ties.spend)),
        ("Charge to profit and loss", _formula(ties.charge)),
    ]
    parts.facts(told, key="mix-ties")


def _formula(figure: Figure) -> str:
    return words.sentence(formulas.filled(figure) or figure.reason)


_PLACES = {
    "team": "on teams",
    "overhead": "overhead, shared out by headcount",
    "pay": "what people cost beside the published rates; only finance sees pay",
    "excluded": "not cash cost",
    "suspense": "on no team yet",
}


def _part(row: PartRow, report: TeamsReport) -> parts.Row:
    name = words.sentence(row.name.replace("_", " "))
    shown = _exact(row.amount, report) if row.amount is not None else row.reason
    cells = (parts.Cell(name, _PLACES.get(row.kind, "")), parts.Cell(_PLACES.get(row.kind, ""), tone="quiet"))
    return parts.Row((*cells, parts.Cell(shown)), "flat")


def _exact(amount: int | None, report: TeamsReport) -> str:
    return words.DASH if amount is None else words.exact(amount, report.currency)


def _plain(amount: int, report: TeamsReport) -> str:
    return words.plain(amount, report.currency)
