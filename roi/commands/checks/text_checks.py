"""What can be wrong with a short text beside a record: its length, and a person in it."""

from collections.abc import Iterator
from typing import NamedTuple

from roi.commands.changing.held import Held
from roi.domain.names import named_in
from roi.errors import INTACT, Issue, blocker


class Said(NamedTuple):
    """A text of a record: how it is called, its column and line in a file, and how long it may be."""

    text: str
    called: str
    column: str
    line: int | None
    most: int


def one_line(held: Held, said: Said, *, person: str, fix: str) -> Iterator[Issue]:
    """A text is one line of printable letters and names nobody; `person` and `fix` say so of this one."""
    text, called, column, line, most = said
    if len(text) > most or not text.isprintable():
        message = f"{called} is one line of at most {most} letters. {INTACT}"
        expected = f"one line of up to {most} printable letters"
        yield blocker("text", message, line=line, column=column, sent=text[:most], expected=expected)
    if "@" in text or named_in(text, held.people):
        yield blocker("person", f"{person} {INTACT}", line=line, column=column, fix=fix)
