"""`import teams|epics|outcomes|cost_areas FILE`: lists in the form of the templates."""

import argparse
from pathlib import Path

from roi.cli.answer import DONE, REFUSED, Answer, issue_data, issue_line, no_file
from roi.cli.opened import Commands, add_command, opened
from roi.cli.receipts import done
from roi.commands import lists

KINDS = {
    "teams": "teams with value stream, division, kind and dates",
    "epics": "epics with team, dates and planned share",
    "outcomes": "outcomes with metric, baseline, target, owner",
    "cost_areas": "which team carries which cost area",
}


def register(kinds: Commands) -> None:
    """One command for each kind of list, and their options."""
    for kind, about in KINDS.items():
        command = add_command(kinds, kind, run, f"bring in a list: {about}")
        command.set_defaults(kind=kind)
        command.add_argument("file", type=Path, metavar="FILE")
        command.add_argument("--dry-run", action="store_true", help="say what would happen; store nothing")


def run(asked: argparse.Namespace) -> Answer:
    """Read the list; bring it in unless something in it blocks or it is only tried."""
    if not asked.file.is_file():
        return no_file(asked.file)
    content, name = asked.file.read_bytes(), asked.file.name
    with opened(asked) as (store, actor):
        preview = lists.read_list(store, actor, asked.kind, content, name)
        if asked.dry_run or any(issue.is_blocker for issue in preview.issues):
            return _told(preview)
        return done(lists.import_list(store, actor, asked.kind, content, name))


def _told(preview: lists.ListPreview) -> Answer:
    is_blocked = any(issue.is_blocker for issue in preview.issues)
    counts = f"{preview.new} new, {preview.changed} changed, {preview.unchanged} unchanged"
    return Answer(
        REFUSED if is_blocked else DONE,
        (counts, *(issue_line(issue) for issue in preview.issues)),
        {
            "outcome": "refuse" if is_blocked else "accept",
            "new": preview.new,
            "changed": preview.changed,
            "unchanged": preview.unchanged,
            "warnings": [issue_data(issue) for issue in preview.issues if not issue.is_blocker],
            "errors": [issue_data(issue) for issue in preview.issues if issue.is_blocker],
            "change": None,
        },
    )
