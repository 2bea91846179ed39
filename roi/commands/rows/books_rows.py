"""How rows about the books become rows of the store: exchange rates, what is cost, and dated structure."""

from collections.abc import Sequence
from enum import StrEnum

from roi.commands.rows.list_kinds import Known, typed
from roi.commands.rows.list_rows import Found, team_key
from roi.domain.names import fold
from roi.domain.structure import TeamKind
from roi.errors import UNSAVED, Issue, blocker
from roi.ingest.lists import ListRow
from roi.store.changes import Row


class Basis(StrEnum):
    """The fixed words for what a rate is for; a plan's rate is `plan: NAME`."""

    AVERAGE = "average"
    OUTLOOK = "outlook"


def exchange_rates(rows: Sequence[ListRow], known: Known) -> Found:
    """Exchange rates as rows of the store."""
    issues: list[Issue] = []
    made: list[Row] = []
    words = {fold(word): word for word in (*Basis, *(f"plan: {name}" for name in known.plans))}
    for row in rows:
        sent = row.text("basis") or Basis.AVERAGE.value
        basis = words.get(fold(sent))
        if basis is None:
            message = f"Row {row.line}: “{sent}” is no basis of a rate. {UNSAVED}"
            expected = ", ".join(words.values())
            issues.append(
                blocker("basis", message, line=row.line, column="basis", sent=sent, expected=expected)
            )
        if row.text("currency") == row.text("target"):
            message = f"Row {row.line}: a currency has no rate to itself. {UNSAVED}"
            issues.append(blocker("target", message, line=row.line, column="target", sent=row.text("target")))
        made.append(
            {
                "currency": row.text("currency"),
                "target": row.text("target"),
                "month": typed(row, "month", int),
                "basis": str(basis or sent),
                "rate_billionths": typed(row, "rate", int),
                "rate_source": row.text("source"),
            }
        )
    return made, issues


def nature_policies(rows: Sequence[ListRow], known: Known) -> Found:
    """Nature policies as rows of the store."""
    issues: list[Issue] = []
    made: list[Row] = []
    for row in rows:
        nature = fold(row.text("nature")).replace(" ", "_")
        if nature not in known.natures:
            message = f"Row {row.line}: “{row.text('nature')}” is no nature of cost. {UNSAVED}"
            expected = ", ".join(known.natures)
            issues.append(blocker("nature", message, line=row.line, column="nature", expected=expected))
        made.append(
            {
                "nature": nature,
                "first_month": typed(row, "first_month", int),
                "is_cost": typed(row, "is_cost", bool),
            }
        )
    return made, issues


def team_structure(rows: Sequence[ListRow], known: Known) -> Found:
    """Team structure as rows of the store."""
    issues: list[Issue] = []
    made: list[Row] = [
        {
            "team": team_key(row, known, "team", issues),
            "first_month": typed(row, "first_month", int),
            "kind": typed(row, "kind", TeamKind).value,
            "value_stream": row.text("value_stream"),
            "division": row.text("division"),
        }
        for row in rows
    ]
    return made, issues
