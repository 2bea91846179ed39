"""`trace FIGURE`: where a number comes from: its formula, its files, and for finance its lines."""

import argparse

from roi.cli.answer import DONE, Answer, amount_text, amount_words, table
from roi.cli.figures import figure_data, scope_of, scope_options, shown
from roi.cli.opened import Commands, add_command, opened
from roi.domain.figures import REGISTRY
from roi.reports import trace
from roi.reports.shapes import FileShare, LedgerLine, TraceReport
from roi.story import words


def register(commands: Commands) -> None:
    """The command and its options."""
    names = ", ".join(sorted(REGISTRY))
    tracing = add_command(commands, "trace", run_trace, "where a figure comes from: formula, files, lines")
    tracing.add_argument("figure", choices=sorted(REGISTRY), metavar="FIGURE", help=names)
    tracing.add_argument("--team", help="the key of a team")
    tracing.add_argument("--outcome", help="the key of an outcome")
    tracing.add_argument("--epic", help="the key of an epic")
    tracing.add_argument("--lines", type=int, default=20, metavar="N", help="how many lines to print (20)")
    scope_options(tracing)


def run_trace(asked: argparse.Namespace) -> Answer:
    """One figure down to its files and, for finance, its lines."""
    with opened(asked) as (store, actor):
        report = trace.build(
            store, actor, scope_of(asked), asked.figure, asked.team, asked.outcome, epic=asked.epic
        )
    return Answer(DONE, _trace_lines(report, asked.lines), _trace_data(report, asked.lines))


def _trace_lines(report: TraceReport, limit: int) -> tuple[str, ...]:
    figure = report.figure
    lines = [f"{report.title}: {shown(figure)}", figure.definition.meaning, words.formula(figure)]
    if figure.reason:
        lines.append(figure.reason)
    lines += table([_file_row(share, report.currency) for share in report.files], right=(3, 4))
    if report.lines_hidden:
        lines.append(report.lines_hidden)
    lines += table([_line_row(line) for line in report.lines[:limit]], right=(5,))
    if report.total_lines > limit and report.lines:
        lines.append(f"… {words.counted(report.total_lines, 'line')} in all")
    return tuple(lines)


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
        **figure_data(report.figure),
        "formula": words.formula(report.figure),
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
