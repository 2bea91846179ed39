"""What an export of an issue tracker means for our epics and their effort; nothing is read or stored here."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from roi.commands.changing.held import Held
from roi.commands.checks import frozen, settled
from roi.domain import effort
from roi.domain.effort import EffortBasis
from roi.domain.money import SHARE_WHOLE, largest_remainder
from roi.domain.names import fold
from roi.domain.periods import iso_month
from roi.domain.structure import Epic, EpicKind
from roi.domain.value import Effort, Ending, EpicPlan, EpicTeam
from roi.errors import Issue, warning
from roi.ingest.tracker import exported
from roi.ingest.tracker.shapes import ABOVE_ITEMS, Answers, EpicLine, Reading, TrackerItem

SOURCE, FIELD = "issue tracker", "tracker_team"
"""Where the teams of a tracker's words are remembered."""

_BASIS = {EffortBasis.ITEM_DAYS: "item-days", EffortBasis.ITEM_COUNT: "item-count"}
_NO_WORD = "(none)"
_ENDS = frozenset({"delivered", "ended_on"})


@dataclass(frozen=True, slots=True)
class TrackerAnswers:
    """What was said about an export.

    `teams` gives our team's key for each word of the file, empty to leave its work out. `planned_shares` are
    by the tracker's epic key, parts per million, `planned_share` is that of every other new epic; no tracker
    knows them. Open work is active until `until`; else until the last day that the file knows.
    """

    reading: Answers = field(default_factory=Answers)
    teams: Mapping[str, str] = field(default_factory=dict)
    planned_shares: Mapping[str, int] = field(default_factory=dict)
    planned_share: int | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class TeamWord:
    """A word by which the file names a team, the team's key (empty: none yet) and how many items have it."""

    word: str
    team: str
    items: int


@dataclass(frozen=True, slots=True)
class Meant:
    """What the file would make: epics with the lines they stand on, plans that end, splits, effort."""

    words: tuple[TeamWord, ...]
    epics: tuple[Epic, ...]
    lines: tuple[int, ...]
    plans: tuple[EpicPlan, ...]
    splits: tuple[EpicTeam, ...]
    efforts: tuple[Effort, ...]
    issues: tuple[Issue, ...]


def meant(held: Held, remembered: Mapping[str, str], read: Reading, answers: TrackerAnswers) -> Meant:
    """The file in our words: its epics and who worked on them, beside what is stored."""
    words = _words(held, remembered, read, answers.teams)
    teams = {one.word: one.team for one in words}
    counted = _counted(read, answers.until, teams)
    keys = {line.epic: _key(held, line) for line in read.epics}
    by_epic = _by_epic(counted)
    found = [_epic(held, keys[line.epic], line, (answers, teams, by_epic)) for line in read.epics]
    sent = [(line, epic) for line, epic in zip(read.epics, found, strict=True) if epic is not None]
    made = [(line, _as_confirmed(held, _as_frozen(held, epic))) for line, epic in sent]
    known = {line.epic: epic.key for line, epic in made}
    split = {
        epic.key: _split(epic, by_epic.get(line.epic, Counter()))
        for line, epic in made
        if epic.key not in held.epic_teams
    }
    stays = {epic.key for _, epic in made if _is_kept(held, epic, split.get(epic.key, ()))}
    splits = [one for key, its in split.items() if key not in stays for one in its]
    plans = [plan for line, epic in made if (plan := _plan(held, line, epic, read)) is not None]
    kept = [line for line, epic in sent if epic.key in stays or _as_confirmed(held, epic) != epic]
    moved = [(line, _moved(held, epic, _plan_of(held, line, epic, read))) for line, epic in sent]
    efforts = _efforts(counted, known)
    logged = {one.month for one in efforts if any(frozen.of_log(held, one))}
    issues = (
        *_unmapped(words),
        *_without(read.epics, found),
        *_without_share(held, made, answers),
        *_kept(kept),
        *_unmoved([line for line, columns in moved if "planned_share" in columns]),
        *_unended([line for line, columns in moved if columns & _ENDS]),
        *_logged(logged),
    )
    return Meant(
        words,
        tuple(epic for _, epic in made),
        tuple(line.line for line, _ in made),
        tuple(plans),
        tuple(splits),
        tuple(one for one in efforts if (one.team, one.month) not in held.logged),
        issues,
    )


def _words(
    held: Held, remembered: Mapping[str, str], read: Reading, said: Mapping[str, str]
) -> tuple[TeamWord, ...]:
    """The file's words for teams: what is said now, else remembered, else a team of that name or key."""
    names = {fold(name): team.key for team in held.teams.values() for name in (team.name, team.key)}
    counts = Counter(item.team for item in reading_items(read))
    counts.update({word: 0 for line in read.epics for word in line.teams})
    return tuple(
        TeamWord(word, said.get(word, remembered.get(word, names.get(fold(word), ""))), number)
        for word, number in sorted(counts.items())
    )


def reading_items(read: Reading) -> Sequence[TrackerItem]:
    """The items that are work: no epics, no parts of other items."""
    return [item for item in read.items if item.kind not in ABOVE_ITEMS and not item.is_parted]


def _counted(read: Reading, until: date | None, teams: Mapping[str, str]) -> effort.Effort:
    day = until or read.last_day or date.min
    return effort.effort(item for item in exported.work_items(read.items, day, teams) if item.team)


def _by_epic(counted: effort.Effort) -> dict[str, Counter[str]]:
    """What each team worked on each epic, by the tracker's key; only item-days can be compared over teams."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for (team, epic, _), amount in counted.amounts.items():
        if epic:
            found[epic][team] += amount
    return dict(found)


def _key(held: Held, line: EpicLine) -> str:
    """The key of the epic that is stored under the tracker's key or name; else the tracker's key."""
    by_key = {fold(key): key for key in held.epics}
    by_name = {fold(epic.name): key for key, epic in held.epics.items()}
    return by_key.get(fold(line.epic)) or by_name.get(fold(line.name)) or line.epic


def _epic(
    held: Held,
    key: str,
    line: EpicLine,
    how: tuple[TrackerAnswers, Mapping[str, str], Mapping[str, Counter[str]]],
) -> Epic | None:
    """The epic as it would stand. None: it cannot be made.

    One that is stored keeps what was said about it: the tracker adds its delivery and an obligation.
    """
    answers, teams, by_epic = how
    before = held.epics.get(key)
    if before is None:
        return _new_epic(key, line, (answers, _main_team(line, teams, by_epic.get(line.epic))))
    return replace(
        before,
        delivered=before.delivered or line.delivered,
        is_obligation=before.is_obligation or bool(line.is_obligation),
        planned_share=answers.planned_shares.get(line.epic, before.planned_share),
    )


def _as_confirmed(held: Held, epic: Epic) -> Epic:
    """The epic without a delivery that would move months that finance confirmed."""
    before = held.epics.get(epic.key)
    is_moved = before is not None and any(settled.epic_issues(held, epic))
    return replace(epic, delivered=before.delivered) if before is not None and is_moved else epic


def _as_frozen(held: Held, epic: Epic) -> Epic:
    """The epic with the planned share that is frozen since it started, and no delivery in closed cost."""
    before, moved = held.epics.get(epic.key), _moved(held, epic) & {"planned_share", "delivered"}
    return replace(epic, **{name: getattr(before, name) for name in moved}) if before is not None else epic


def _moved(held: Held, epic: Epic, plan: EpicPlan | None = None) -> set[str]:
    """What is frozen of an epic that would be otherwise."""
    return {one.column for one in frozen.of_epic(held, epic, plan)}


def _is_kept(held: Held, epic: Epic, teams: Sequence[EpicTeam]) -> bool:
    """Whether its teams stay as they are: finance confirmed them, or they are frozen (rule V3)."""
    return any(settled.team_issues(held, epic, teams)) or (
        bool(teams) and any(frozen.of_teams(held, epic.key, teams))
    )


def _unmoved(lines: Sequence[EpicLine]) -> list[Issue]:
    if not lines:
        return []
    names = ", ".join(line.name for line in lines[:3]) + (" …" if len(lines) > 3 else "")
    message = f"The planned share of {names} is frozen since work started and stays as it is (rule V3)."
    told = {"line": lines[0].line, "lines": tuple(line.line for line in lines[:5]), "count": len(lines)}
    fix = "If it was wrong, finance restates it on the epic's page, with its reason."
    return [warning("frozen_split", message, column="planned_share", fix=fix, **told)]


def _unended(lines: Sequence[EpicLine]) -> list[Issue]:
    if not lines:
        return []
    names = ", ".join(line.name for line in lines[:3]) + (" …" if len(lines) > 3 else "")
    message = (
        f"The delivery or end of {names} lies before closed months that hold its cost and is left out (D11)."
    )
    told = {"line": lines[0].line, "lines": tuple(line.line for line in lines[:5]), "count": len(lines)}
    fix = "Finance names it as a restatement, with its reason, on the epic's page."
    return [warning("frozen_end", message, column="delivered", fix=fix, **told)]


def _kept(lines: Sequence[EpicLine]) -> list[Issue]:
    if not lines:
        return []
    names = ", ".join(line.name for line in lines[:3]) + (" …" if len(lines) > 3 else "")
    message = f"Finance confirmed value of {names}: its delivery and the team that books it stay as they are."
    told = {"line": lines[0].line, "lines": tuple(line.line for line in lines[:5]), "count": len(lines)}
    return [warning("confirmed", message, column="epic", fix=settled.BACK, **told)]


def _logged(months: Collection[int]) -> list[Issue]:
    if not months:
        return []
    told = ", ".join(iso_month(month) for month in sorted(months))
    message = (
        f"The log of {told} is closed and stays as it is stored: cost is split by it (rules V3 and D11)."
    )
    fix = "If it was wrong, bring the months as a list of effort with --restatement."
    return [warning("frozen_log", message, column="month", count=len(months), fix=fix)]


def _new_epic(key: str, line: EpicLine, how: tuple[TrackerAnswers, str]) -> Epic | None:
    answers, team = how
    if line.started is None or not team:
        return None
    return Epic(
        key,
        line.name,
        team,
        line.kind or EpicKind.FEATURE,
        line.started,
        line.delivered,
        answers.planned_shares.get(line.epic, answers.planned_share or 0),
        bool(line.is_obligation),
    )


def _main_team(line: EpicLine, teams: Mapping[str, str], worked: Counter[str] | None) -> str:
    """The epic's own team, else the one that worked most on it, else the first that it names."""
    own = teams.get(line.team, "") if line.team else ""
    if own:
        return own
    if worked:
        return max(sorted(worked), key=lambda team: worked[team])
    return next((teams[word] for word in line.teams if teams.get(word)), "")


def _split(epic: Epic, worked: Counter[str]) -> list[EpicTeam]:
    """The frozen split of an epic over its teams by item-days (rule V3); none where one team did it all."""
    if len(worked) < 2 or epic.team not in worked:
        return []
    names = sorted(worked)
    shares = largest_remainder(SHARE_WHOLE, [worked[team] for team in names])
    planned = {team: epic.planned_share if team == epic.team else 0 for team in names}
    return [EpicTeam(epic.key, team, planned[team], share) for team, share in zip(names, shares, strict=True)]


def _plan(held: Held, line: EpicLine, epic: Epic, read: Reading) -> EpicPlan | None:
    """The plan of an epic that the tracker ends or puts under an initiative; no end moves closed cost."""
    before = held.epic_plans.get(epic.key, EpicPlan(epic.key))
    after = _plan_of(held, line, epic, read)
    if "ended_on" in _moved(held, epic, after):
        names = ("ended_on", "ended_by", "ended_because")
        after = replace(after, **{name: getattr(before, name) for name in names})
    return after if after != before else None


def _plan_of(held: Held, line: EpicLine, epic: Epic, read: Reading) -> EpicPlan:
    before = held.epic_plans.get(epic.key, EpicPlan(epic.key))
    after = before
    names = {fold(name): one.key for one in held.initiatives.values() for name in (one.name, one.key)}
    above = next((item.summary for item in read.items if item.key == line.initiative), "")
    initiative = names.get(fold(line.initiative)) or names.get(fold(above))
    if line.initiative and initiative:
        after = replace(after, initiative=initiative)
    if line.is_cancelled and before.ended_by is None and read.last_day is not None:
        day = max(read.last_day, epic.started)
        after = replace(
            after, ended_on=day, ended_by=Ending.CANCELLED, ended_because="cancelled in the tracker"
        )
    return after


def _efforts(counted: effort.Effort, known: Mapping[str, str]) -> tuple[Effort, ...]:
    """The effort by team, month and our epic; work on epics that are not ours is run and unplanned work."""
    amounts: Counter[tuple[str, int, str]] = Counter()
    for (team, epic, month), amount in counted.amounts.items():
        amounts[team, month, known.get(epic, "")] += amount
    return tuple(
        Effort(team, month, epic, amount * 1000, _BASIS[counted.basis[team]])
        for (team, month, epic), amount in sorted(amounts.items())
    )


def _unmapped(words: Sequence[TeamWord]) -> list[Issue]:
    return [
        warning(
            "no_team",
            f"No team is “{one.word or _NO_WORD}” yet: its {_counted_items(one.items)} left out.",
            column="team",
            sent=one.word,
            count=max(one.items, 1),
            fix="Say which team it is.",
        )
        for one in words
        if not one.team
    ]


def _counted_items(number: int) -> str:
    return "1 item is" if number == 1 else f"{number:,} items are"


def _without(lines: Sequence[EpicLine], found: Sequence[Epic | None]) -> list[Issue]:
    left = [line for line, epic in zip(lines, found, strict=True) if epic is None]
    if not left:
        return []
    names = ", ".join(line.name for line in left[:3]) + (" …" if len(left) > 3 else "")
    is_undated = any(line.started is None for line in left)
    dated = "Export the day on which work really started, such as “Start date”; " if is_undated else ""
    fix = f"{dated}say which team it is, or add them by hand."
    return [
        warning(
            "epic_left_out",
            f"Left out, because they have no start or no team of ours: {names}.",
            line=left[0].line,
            lines=tuple(line.line for line in left[:5]),
            count=len(left),
            column="epic",
            fix=f"{fix[:1].upper()}{fix[1:]}",
        )
    ]


def _without_share(held: Held, made: Sequence[tuple[EpicLine, Epic]], answers: TrackerAnswers) -> list[Issue]:
    if answers.planned_share is not None:
        return []
    new = [line for line, epic in made if epic.key not in held.epics]
    silent = [line for line in new if line.epic not in answers.planned_shares]
    if not silent:
        return []
    message = (
        "New epics have no planned share of their team; they cost what the item-days of a month say "
        f"({len(silent):,})."
    )
    fix = "Say the planned share, if the months without a log should carry cost too."
    return [warning("planned_share", message, count=len(silent), column="planned_share", fix=fix)]
