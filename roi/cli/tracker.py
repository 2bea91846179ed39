"""`import tracker FILE`: epics and effort by month from a tracker's export; nobody's name comes in."""

import argparse
from pathlib import Path

from roi.cli.answer import DONE, REFUSED, Answer, issue_data, issue_line, no_file
from roi.cli.arguments import day, pair, share
from roi.cli.opened import Commands, add_command, opened
from roi.cli.receipts import done
from roi.commands import tracker
from roi.commands.tracker import TrackerAnswers, TrackerPreview
from roi.domain.importing import DateOrder
from roi.ingest.tracker.shapes import Answers, TeamSource
from roi.story import words


def register(kinds: Commands) -> None:
    """The command and its options."""
    command = add_command(kinds, "tracker", run, "bring in an issue tracker's CSV export")
    command.add_argument("file", type=Path, metavar="FILE")
    command.add_argument(
        *("--team", "-t"),
        type=_team,
        action="append",
        default=[],
        metavar="WORD=TEAM",
        help="the key of the team that a word of the file is; WORD= leaves its work out",
    )
    command.add_argument("--dates", type=DateOrder, choices=tuple(DateOrder), help="how days are written")
    command.add_argument(
        "--team-from", type=TeamSource, choices=tuple(TeamSource)[:3], help="the column that says the team"
    )
    command.add_argument(
        "--planned-share", type=share, metavar="SHARE", help="of its team, for new epics, such as 40%%"
    )
    command.add_argument("--until", type=day, metavar="DAY", help="open work is active until then")
    command.add_argument("--dry-run", action="store_true", help="say what would happen; store nothing")


def _team(text: str) -> tuple[str, str]:
    """`WORD=TEAM`; a word may hold equals signs, the last one counts."""
    word, mark, team = text.rpartition("=")
    return (word.strip(), team.strip()) if mark else pair(text)


def run(asked: argparse.Namespace) -> Answer:
    """Read the export; bring it in unless something in it blocks or it is only tried."""
    if not asked.file.is_file():
        return no_file(asked.file)
    content, name = asked.file.read_bytes(), asked.file.name
    said = TrackerAnswers(
        Answers(asked.dates, asked.team_from),
        dict(asked.team),
        planned_share=asked.planned_share,
        until=asked.until,
    )
    with opened(asked) as (store, actor):
        if asked.dry_run:
            return _told(tracker.read_tracker(store, actor, content, name, said))
        return done(tracker.import_tracker(store, actor, content, name, said))


def _told(preview: TrackerPreview) -> Answer:
    counts = (
        f"{words.counted(preview.items, 'item')}; epics: {preview.new} new, {preview.changed} changed, "
        f"{preview.unchanged} unchanged; effort: {words.counted(len(preview.efforts), 'row')}, "
        f"{preview.efforts_gone} gone"
    )
    lines = (
        counts,
        *(
            f"team “{one.word}”: {one.team or 'not known yet'}, {words.counted(one.items, 'item')}"
            for one in preview.words
        ),
        *(issue_line(issue) for issue in preview.issues),
    )
    data = {
        "outcome": "accept" if preview.is_ready else "refuse",
        "items": preview.items,
        "new": preview.new,
        "changed": preview.changed,
        "unchanged": preview.unchanged,
        "teams": {one.word: one.team for one in preview.words},
        "warnings": [issue_data(issue) for issue in preview.issues if not issue.is_blocker],
        "errors": [issue_data(issue) for issue in preview.issues if issue.is_blocker],
        "change": None,
    }
    return Answer(DONE if preview.is_ready else REFUSED, lines, data)
