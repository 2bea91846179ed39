"""What is said about a carried-out change."""

from roi.cli.answer import DONE, Answer
from roi.commands.changing.requests import Receipt
from roi.story import words


def done(receipt: Receipt) -> Answer:
    """The change's number, by which it can be undone, and what it did."""
    added, ended = receipt.rows_added, receipt.rows_removed
    line = (
        f"Change {receipt.change_id} ({receipt.kind}) by {receipt.actor}: "
        f"{words.counted(added, 'row')} added, {words.counted(ended, 'row')} ended."
    )
    data = {
        "outcome": "done",
        "change": receipt.change_id,
        "kind": receipt.kind,
        "rows_added": added,
        "rows_removed": ended,
        "content_sha256": receipt.content_sha256,
        "notes": list(receipt.notes),
    }
    return Answer(DONE, (line, *receipt.notes), data)
