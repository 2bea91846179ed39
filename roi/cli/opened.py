"""The store and the person that a command works with, and the options that all commands share."""

import argparse
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias

from roi.actors import Actor, local_user
from roi.cli.answer import Answer
from roi.demo import home
from roi.errors import UnknownKeyError
from roi.reports import shell
from roi.reports.shapes import Scope
from roi.store.database import Store
from roi.story import clock_words, head_words

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
Run = Callable[[argparse.Namespace], Answer]


def add_command(commands: Commands, name: str, run: Run, about: str) -> argparse.ArgumentParser:
    """A command with the options that every command has."""
    command = commands.add_parser(name, help=about, description=f"{about[0].upper()}{about[1:]}.")
    command.add_argument("--as", dest="acting_as", metavar="NAME", help="who acts, when members are stored")
    command.add_argument("--json", action="store_true", help="end with one line of JSON")
    command.set_defaults(run=run)
    return command


@contextmanager
def opened(asked: argparse.Namespace, *, check: bool = True) -> Iterator[tuple[Store, Actor]]:
    """The store, held for the time of the command, and who acts.

    Raises:
        StoreError: somebody else holds the data, it is damaged, or newer than this program.
        UnknownKeyError: `--as` names nobody who is stored.
    """
    path = home.path_of(home.chosen())
    store = home.open_store(path, purpose="the command line", check=check)
    try:
        if (last := store.clock_behind) is not None:
            print(clock_words.behind(last), file=sys.stderr)
        if store.head_lost is not None:
            print(head_words.lost(store.head_path.name, store.head_lost), file=sys.stderr)
        yield store, _actor(store, asked.acting_as)
    finally:
        store.close()


def _actor(store: Store, name: str | None) -> Actor:
    """The stored member of that name; without stored members, the one local user with every role."""
    members = shell.build(store, local_user(name or "You"), Scope()).actors
    if not members:
        return local_user(name or "You")
    if name is None and len(members) == 1:
        return members[0]
    for member in members:
        if name is not None and member.name.casefold() == name.strip().casefold():
            return member
    names = ", ".join(member.name for member in members)
    message = f"Say who acts: --as with one of {names}."
    raise UnknownKeyError(message)
