"""`trace FIGURE`: where a number comes from: its formula, its files, and for finance its lines."""

import argparse

from roi.cli.answer import DONE, Answer, amount_text, amount_words, table
from roi.cli.figures import marked, scope_of, scope_options, shown, unsettled
from roi.cli.opened import Commands, add_command, opened
from roi.domain.figures import REGISTRY
from roi.reports import trace
from roi.reports.loop import sofar
from roi.reports.shapes import FileShare, LedgerLine, PartRow, TraceReport
from roi.reports.shapes.trace import ClaimTrace
from roi.story import formulas, trace_titles, value_titles, words


def register(commands: Commands) -> None:
    """The command and its options."""
    names = ", ".join(sorted(REGISTRY))
    tracing = add_command(commands, "trace", run_trace, "where a figure comes from: formula, files, lines")
    tracing.add_argument("figure", choices=sorted(REGISTRY), metavar="FIGURE", help=names)
    tracing.add_argument("--team", help="the key of a team")
    tracing.add_argument("--outcome", help="the key of an outcome")
    tracing.add_argument("--epic", help="the key of an epic")
    tracing.add_argument("--initiative", help="the key of an initiative")
    tracing.add_argument("--part", help="a class of benefit, or the first month of a cohort")
    tracing.add_argument("--lines", type=int, default=20, metavar="N", help="how many lines to print (20)")
    scope_options(tracing)


def run_trace(asked: argparse.Namespace) -> Answer:
    """One figure down to its files and, for finance, its lines."""
    with opened(asked) as (store, actor):
        report = trace.build(
            store,
            actor,
            scope_of(asked),
            asked.figure,
            asked.team,
            asked.outcome,
            epic=asked.epic,
            part=asked.part,
            initiative=asked.initiative,
            today=store.today,
        )
    return Answer(DONE, _trace_lines(report, asked.lines), _trace_data(report, asked.lines))


def _trace_lines(report: TraceReport, limit: int) -> tuple[str, ...]:
    figure = report.figure
    mark = unsettled(figure, report)
    told = f"{report.title}: {shown(figure)}{f', {mark}' if mark else ''}"
    lines = [*([f"! {value_titles.EXCEEDS}"] if mark else []), told, figure.definition.meaning]
    lines += [one for one in (formulas.filled(figure), figure.reason) if one]
    lines += table([_file_row(share, report.currency) for share in report.files], right=(3, 4))
    lines += table([_part_row(one, report.currency) for one in report.parts], right=(2,))
    lines += [_claim_line(one, report.currency) for one in report.claims]
    if len(report.claims) < report.total_outcomes:
        lines.append(f"… {words.counted(report.total_outcomes, 'outcome')} in all")
    if report.lines_hidden:
        lines.append(report.lines_hidden)
    lines += table([_line_row(line) for line in report.lines[:limit]], right=(5,))
    if report.total_lines > limit and report.lines:
        lines.append(f"… {words.counted(report.total_lines, 'line')} in all")
    return tuple(lines)


def _claim_line(one: ClaimTrace, currency: str) -> str:
    """An outcome's claim in one line: what it counts, on which pool, as read when and confirmed by whom."""
    none = words.NONE if sofar.is_answer(one.why_not) else words.NOT_KNOWN
    counted = none if one.counted is None else amount_words(one.counted, currency)
    read = one.levels[-1] if one.levels else None
    who = f"read {words.day(read.read_on)}, confirmed by {words.listed(read.confirmed_by)}" if read else ""
    why = one.why_not or who or "not read yet"
    return f"{one.epic_name}: {one.metric}: {counted}; pool {one.pool}, grade {one.grade}; {why}"


def _part_row(one: PartRow, currency: str) -> tuple[str, ...]:
    told = trace_titles.part_of(one.term) if one.term else one.kind.replace("_", " ")
    amount = one.reason if one.amount is None else amount_words(one.amount, currency)
    return told, one.name, amount, trace_titles.how(one, currency)


def _part_data(one: PartRow, currency: str) -> dict[str, object]:
    """A part of a number of the formula, with the keys of the trace that it leads to."""
    return {
        "of": one.term or None,
        "kind": one.kind,
        "name": one.name,
        "amount": None if one.amount is None else amount_text(one.amount, currency),
        "leads": dict(one.leads),
    }


def _file_row(share: FileShare, currency: str) -> tuple[str, ...]:
    told = words.counted(share.lines, "line")
    return (
        share.file_name,
        share.sha256[:12],
        f"change {share.change_id}",
        told,
        amount_words(share.amount, currency),
    )


def _line_row(line: LedgerLine) -> tuple[str, ...]:
    where = line.team or line.reason
    return (
        f"{line.file_name}:{line.line}",
        line.area,
        line.supplier,
        line.description,
        where,
        amount_words(line.amount, line.currency),
        line.corrected,
    )


def _trace_data(report: TraceReport, limit: int) -> dict[str, object]:
    return {
        "outcome": "done",
        "version": report.version,
        "figure": report.figure.figure_id,
        **marked(report.figure, report),
        "warning": value_titles.EXCEEDS if unsettled(report.figure, report) else "",
        "formula": formulas.filled(report.figure) or None,
        "sums_agree": report.sums_agree,
        "files": [
            {
                "change": share.change_id,
                "file": share.file_name,
                "sha256": share.sha256,
                "lines": share.lines,
                "amount": amount_text(share.amount, report.currency),
            }
            for share in report.files
        ],
        "parts": [_part_data(one, report.currency) for one in report.parts],
        "total_lines": report.total_lines,
        "lines_hidden": report.lines_hidden,
        "lines": [
            {
                "file": line.file_name,
                "line": line.line,
                "area": line.area,
                "team": line.team,
                "reason": line.reason,
                "amount": amount_text(line.amount, line.currency),
                "corrected": line.corrected,
            }
            for line in report.lines[:limit]
        ],
    }
