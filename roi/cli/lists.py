"""`import teams|assignments|exchange_rates|… FILE`: lists in the form of the templates."""

import argparse
from pathlib import Path

from roi.cli.answer import DONE, REFUSED, Answer, issue_data, issue_line, no_file
from roi.cli.closing import restatement_option
from roi.cli.opened import Commands, add_command, opened
from roi.cli.receipts import done
from roi.commands import lists


def register(kinds: Commands) -> None:
    """One command for each kind of list, and their options."""
    for name, kind in lists.KINDS.items():
        title = kind.contract.title
        command = add_command(kinds, name, run, f"bring in a list: {title[0].lower()}{title[1:]}")
        command.epilog = f"columns: {kind.contract.template.strip()}"
        command.set_defaults(kind=name)
        command.add_argument("file", type=Path, metavar="FILE")
        restatement_option(command)
        command.add_argument("--dry-run", action="store_true", help="say what would happen; store nothing")


def run(asked: argparse.Namespace) -> Answer:
    """Read the list; bring it in unless something in it blocks or it is only tried."""
    if not asked.file.is_file():
        return no_file(asked.file)
    content, name = asked.file.read_bytes(), asked.file.name
    with opened(asked) as (store, actor):
        said = asked.restatement
        preview = lists.read_list(store, actor, asked.kind, content, name, restatement=said)
        if asked.dry_run or any(issue.is_blocker for issue in preview.issues):
            return _told(preview)
        return done(lists.import_list(store, actor, asked.kind, content, name, restatement=said))


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
