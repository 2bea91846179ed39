"""What a command answers: an exit code, lines for a person, and the same as data for a program."""

import json
import os
import sys
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from roi.domain.money import to_decimal
from roi.errors import Issue, RefusedError, RoiError, StoreError

DONE, REFUSED, QUESTION, NO_STORE = 0, 1, 2, 3
"""The exit codes."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`lines` are for a person; `data` is the one line that `--json` ends with."""

    code: int
    lines: tuple[str, ...] = ()
    data: Mapping[str, object] = field(default_factory=dict)

    def show(self, *, as_json: bool) -> None:
        """Print it: what was done goes to the output, what was refused beside it.

        Whoever reads a pipe may stop reading (`| head`); that is no failure of the command.
        """
        stream = sys.stderr if self.code != DONE and not as_json else sys.stdout
        lines = (json.dumps(self.data, ensure_ascii=False),) if as_json else self.lines
        try:
            for line in lines:
                print(line, file=stream)
            stream.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())

    @classmethod
    def usage(cls, message: str) -> "Answer":
        """A command that was given wrongly."""
        return cls(QUESTION, (message,), {"outcome": "refuse", "errors": [{"message": message}]})


def no_file(path: Path) -> Answer:
    """The command names a file that is not there."""
    return Answer.usage(f"There is no file {path}.")


def code_of(error: RoiError) -> int:
    """The exit code that an error ends with."""
    return NO_STORE if isinstance(error, StoreError) else REFUSED


def refused(error: RoiError) -> Answer:
    """A command that was refused: why, every problem of the data, and what is unharmed."""
    issues = error.issues if isinstance(error, RefusedError) else ()
    message = str(error)
    lines = [] if any(issue.message == message for issue in issues) else [message]
    lines += [issue_line(issue) for issue in issues]
    if error.safe not in message:
        lines.append(error.safe)
    problems = [issue_data(issue) for issue in issues] or [{"message": message}]
    return Answer(code_of(error), tuple(lines), {"outcome": "refuse", "message": message, "errors": problems})


def issue_line(issue: Issue) -> str:
    """`error: line 17 · amount · No amount could be read · you sent “12,3.4” · expected … · …`."""
    kind = "error" if issue.is_blocker else "warning"
    parts = [
        _where(issue),
        issue.column,
        issue.message,
        f"you sent “{issue.sent}”" if issue.sent is not None else None,
        f"expected {issue.expected}" if issue.expected else None,
        issue.fix,
    ]
    return f"{kind}: " + " · ".join(part for part in parts if part)


def _where(issue: Issue) -> str | None:
    """The lines that share the problem: the first ones, and how many there are in all."""
    lines = issue.lines or ((issue.line,) if issue.line is not None else ())
    if not lines:
        return None
    if issue.count <= 1:
        return f"line {lines[0]}"
    more = "" if issue.count <= len(lines) else ", …"
    return f"lines {', '.join(str(line) for line in lines)}{more} ({issue.count} in all)"


def issue_data(issue: Issue) -> dict[str, object]:
    """An issue as data, without what it does not say."""
    said = {
        "line": issue.line,
        "column": issue.column,
        "message": issue.message,
        "sent": issue.sent,
        "expected": issue.expected,
        "fix": issue.fix,
        "code": issue.code,
        "count": issue.count,
        "lines": list(issue.lines),
    }
    return {name: value for name, value in said.items() if value not in (None, [])}


def amount_text(minor: int, currency: str) -> str:
    """The exact amount with all its digits and no separators: `478552886.89`."""
    return f"{to_decimal(minor, currency):f}"


def amount_words(minor: int, currency: str) -> str:
    """The exact amount for a person: `GBP 478,552,886.89`."""
    return f"{currency} {to_decimal(minor, currency):,f}"


def table(rows: Sequence[Sequence[str]], right: Collection[int] = (1,)) -> tuple[str, ...]:
    """Rows as aligned lines; the columns in `right`, which hold numbers, are aligned to the right."""
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return tuple(_aligned(row, widths, right) for row in rows)


def _aligned(row: Sequence[str], widths: Sequence[int], right: Collection[int]) -> str:
    cells = [
        cell.rjust(width) if i in right else cell.ljust(width)
        for i, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    return "  ".join(cells).rstrip()
