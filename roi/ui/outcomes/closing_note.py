"""The one page that is shared when an outcome is closed: promised, came, learned, worth, who said so."""

from roi.charts.markup import Child, Html, join, tag
from roi.domain.structure import ValueClass
from roi.domain.value import Closure
from roi.reports.shapes import EpicReport, OutcomeRow
from roi.reports.shapes.value import OutcomeDetail
from roi.story import words
from roi.ui.outcomes import common, promise

_STYLE = Html(
    "body{font:16px/1.5 'Source Sans 3','Source Sans',system-ui,sans-serif;color:#1A2333;max-width:44rem;"
    "margin:2.5rem auto;padding:0 1rem}h1{font-size:1.6rem;line-height:1.25;margin:.2rem 0 1rem}"
    "p.top,footer{color:#5F6C80;font-size:.9rem}dl{margin:0}"
    "dl div{display:grid;grid-template-columns:11rem 1fr;"
    "gap:1rem;padding:.55rem 0;border-top:1px solid #DDE3EA}dt{color:#5F6C80}dd{margin:0}"
    ".learned{border-left:3px solid #0072B2;padding:.2rem 0 .2rem 1rem;margin:1.2rem 0;font-size:1.1rem}"
    "footer{border-top:1px solid #DDE3EA;margin-top:1.5rem;padding-top:.6rem}@page{size:A4;margin:18mm}"
)


def page(row: OutcomeRow, detail: OutcomeDetail, report: EpicReport) -> str:
    """The note as a page of HTML that stands alone; every text in it is escaped.

    The report is that of every month, so that value since delivery stands beside cost since the start.
    """
    closure = detail.closure
    learned = closure.learned if closure and closure.learned else "Nothing was written down."
    body = join(
        tag("p", f"Closing note · {report.row.epic.name} · {row.team_name}", class_="top"),
        tag("h1", title(row, closure)),
        tag("p", learned, class_="learned"),
        tag(
            "dl",
            *(tag("div", tag("dt", name), tag("dd", told)) for name, told in _facts(row, detail, report)),
        ),
        tag("footer", _foot(detail, report)),
    )
    head = join(tag("meta", charset="utf-8"), tag("title", title(row, closure)), tag("style", _STYLE))
    return f"<!doctype html>\n{tag('html', tag('head', head), tag('body', body), lang='en')}\n"


def title(row: OutcomeRow, closure: Closure | None) -> str:
    """What was read, and how it landed in the word of whoever closed it."""
    return words.sentence(f"{row.outcome.metric}: {promise.result(row, closure.landed if closure else None)}")


def _facts(row: OutcomeRow, detail: OutcomeDetail, report: EpicReport) -> list[tuple[str, Child]]:
    outcome, plan, closure = row.outcome, detail.plan, detail.closure
    landed = promise.judged(row, closure.landed) if closure and closure.landed else promise.result(row)
    facts: list[tuple[str, Child]] = [
        ("The problem", plan.problem if plan else ""),
        ("Promised", promise.promised_by(outcome)),
        ("What came", f"{promise.cause(row, detail) or promise.result(row)}. {landed}"),
        ("Evidence", f"{common.GRADES[outcome.grade]}; {outcome.evidence or 'no source was given'}"),
        ("Confirmed value since delivery", _value(row)),
        ("Cost of the epic since its start", common.with_range(report.row.cost)),
        ("Owner", outcome.owner),
        ("Confirmed by", _confirmers(row)),
        ("Why it ended", closure.reason if closure else ""),
    ]
    return [(name, told) for name, told in facts if told]


def _value(row: OutcomeRow) -> Child:
    return common.with_range(row.value) if row.value.is_known else row.value.reason


def _confirmers(row: OutcomeRow) -> str:
    if row.outcome.value_class is ValueClass.NOT_FINANCIAL and not row.ticks:
        return ""  # it is measured, and there is nothing that finance confirms
    names = list(dict.fromkeys(f"{who}, {words.day(when)}" for _, who, when in row.ticks))
    return words.listed(names) or "nobody yet"


def _foot(detail: OutcomeDetail, report: EpicReport) -> str:
    closure = detail.closure
    ended = f"{closure.ended_by.word} on {words.day(closure.ended_on)}. " if closure else ""
    period = f"Value counts {report.span.long_label}. " if report.span else ""
    return words.sentence(f"{ended}{period}State of the data: change {report.version}.")
