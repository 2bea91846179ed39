"""Where does this number come from? Back to its formula, its files, its parts, and for finance its lines."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from heapq import nsmallest

from roi.actors import Action, Actor
from roi.domain.figures import REGISTRY, Figure
from roi.domain.structure import Epic
from roi.errors import UnknownKeyError
from roi.reports import checks
from roi.reports import team as team_report
from roi.reports.booked import behind, work
from roi.reports.books import control
from roi.reports.cost import lines, lines_of_period, tying
from roi.reports.cost.lines import Wanted
from roi.reports.ground import basis
from roi.reports.ground.basis import Basis
from roi.reports.loop import work_rows
from roi.reports.shapes import FileShare, LedgerLine, PartRow, Scope, TraceReport
from roi.reports.tracing import made, values
from roi.reports.tracing.asked import Asked, Found
from roi.reports.tracing.finders import FINDERS
from roi.reports.value.draws import Drawn
from roi.store.database import Store

SHOWN_LINES, SHOWN_OUTCOMES = 200, 200
VALUE = "value"
HIDDEN = (
    "Ledger lines are shown to finance only, because they can tell somebody's pay. Files and sums are exact."
)


def build(  # noqa: PLR0913, PLR0917 - a figure is found by up to three keys beside its scope
    store: Store,
    actor: Actor,
    scope: Scope,
    figure_id: str,
    team: str | None = None,
    outcome: str | None = None,
    *,
    epic: str | None = None,
    part: str | None = None,
    initiative: str | None = None,
    today: date | None = None,
) -> TraceReport:
    """The figure as every page shows it, with the files, parts and outcomes that make it.

    Raises:
        UnknownKeyError: no such figure, team, outcome or epic.
    """
    if figure_id not in REGISTRY:
        message = f"There is no figure {figure_id!r}."
        raise UnknownKeyError(message)
    with basis.opened(store, actor, scope) as base:
        cost = tying.load(base)
        jobs = work.load(cost, today)
        its_team = team_report.find(base, team) if team else None
        its_epic = _epic(jobs, epic, outcome)
        asked = Asked(base, cost, jobs, its_team, outcome, its_epic, part, initiative, today)
        return _report(asked, FINDERS[figure_id](asked), may_read=actor.may(Action.READ_LINES))


def _epic(jobs: work.Work, epic: str | None, outcome: str | None) -> Epic | None:
    if epic is None and outcome is None:
        return None
    key = epic or next((item.epic.key for item in jobs.valued if item.outcome.key == outcome), None)
    for found in jobs.epics:
        if found.key == key:
            return found
    message = f"There is no outcome {outcome!r}." if epic is None else f"There is no epic {epic!r}."
    raise UnknownKeyError(message)


def _report(asked: Asked, found: Found, *, may_read: bool) -> TraceReport:
    base = asked.base
    wanted = () if found.cost_sum is None else found.wanted
    files, largest = _behind(base, wanted, may_read=may_read)
    parts, known = _with_rest(base, found, files), behind.values(asked.jobs, found.outcomes)
    shown = [asked.jobs.item_of[key] for key in _largest(found.outcomes, known)]
    return TraceReport(
        version=base.version,
        figure=found.figure,
        title=_title(asked, found.figure),
        span=base.span,
        currency=found.figure.currency or base.currency,
        files=files,
        lines=largest,
        total_lines=sum(file.lines for file in files),
        lines_hidden="" if may_read or not files else HIDDEN,
        outcomes=tuple(work_rows.outcome_row(asked.jobs, item) for item in shown),
        books=control.state(control.of(base)),
        sums_agree=_agree(found, files, parts, sum(known.values())),
        parts=parts,
        claims=values.claims(asked, shown),
        waits=values.waits(asked, found.figure),
        seed=asked.jobs.draws.seed,
        draws=_drawn(asked, found.figure).count,
        total_outcomes=len(found.outcomes),
        outcomes_with_value=len(known),
        share_of_results=_beside_results(asked, found.figure),
    )


_COUNTED = frozenset(
    "confirmed_cash protected_value outcome_value class_value cohort_value return_per_unit net_cash "
    "value_incl_not_cash return_incl_not_cash net_incl_not_cash old_harvest started_return true_up".split()
)
"""The figures whose range a closed period keeps; others weigh what is still expected, or whole lives."""


def _drawn(asked: Asked, figure: Figure) -> Drawn:
    """The draws that the figure's range comes from."""
    jobs = asked.jobs
    return jobs.of_period if figure.figure_id in _COUNTED else jobs.draws


def _beside_results(asked: Asked, figure: Figure) -> Figure | None:
    """What says whether a return is settled, as it stands beside the return on its page (D30)."""
    if figure.figure_id not in checks.RETURNS or not figure.is_known:
        return None
    return checks.of_company(asked.jobs, asked.its_cost)


def _largest(outcomes: Sequence[str], known: Mapping[str, int]) -> Sequence[str]:
    """All in their order; of very many those that count most."""
    if len(outcomes) <= SHOWN_OUTCOMES:
        return outcomes
    found = nsmallest(SHOWN_OUTCOMES, known, key=lambda key: (-abs(known[key]), key))
    others = (key for key in outcomes if key not in known)
    return found + nsmallest(SHOWN_OUTCOMES - len(found), others)


def _with_rest(base: Basis, found: Found, files: Sequence[FileShare]) -> tuple[PartRow, ...]:
    """Outside finance: what is left after files without pay is the pay of the whole, as one sum."""
    if found.cost_sum is None:
        return tuple(part for part in found.parts if part.kind == VALUE)
    if _is_made(found):
        return found.parts
    known = sum(file.amount for file in files) + _amount(found.parts, is_value=False)
    rest = found.cost_sum - known
    if not found.rest or not base.at_standard_rates or not rest:
        return found.parts
    return (*found.parts, PartRow("pay", found.rest, rest))


def _agree(found: Found, files: Sequence[FileShare], parts: Sequence[PartRow], value: int) -> bool:
    if _is_made(found):
        return made.agree(found.figure, parts)
    cost = sum(file.amount for file in files) + _amount(parts, is_value=False)
    return cost == (found.cost_sum or 0) and value + _amount(parts, is_value=True) == found.value_sum


def _is_made(found: Found) -> bool:
    """Whether its parts make the numbers of its formula; of no other figure do parts name any."""
    return any(part.term for part in found.parts)


def _amount(parts: Sequence[PartRow], *, is_value: bool) -> int:
    return sum(part.amount or 0 for part in parts if (part.kind == VALUE) is is_value)


def _title(asked: Asked, figure: Figure) -> str:
    about = asked.team.name if asked.team else asked.base.value_stream or ""
    if asked.epic is not None:
        about = asked.epic.name
    return f"{figure.definition.name}: {about}" if about else figure.definition.name


def _behind(
    base: Basis, wanted: Sequence[Wanted], *, may_read: bool
) -> tuple[tuple[FileShare, ...], tuple[LedgerLine, ...]]:
    """Files over all that is wanted, each named once, and the largest lines for whoever may read them."""
    found = [lines_of_period.behind(base, want, SHOWN_LINES if may_read else 0) for want in wanted]
    files: dict[int, FileShare] = {}
    for file in (file for one in found for file in one.files):
        other = files.get(file.change_id)
        files[file.change_id] = _together(other, file) if other else file
    largest = [line for one in found for line in one.lines]
    largest.sort(key=lines.by_size)
    return tuple(files[change_id] for change_id in sorted(files)), tuple(largest[:SHOWN_LINES])


def _together(first: FileShare, second: FileShare) -> FileShare:
    return replace(first, lines=first.lines + second.lines, amount=first.amount + second.amount)
