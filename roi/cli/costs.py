"""`import costs FILE…`: previews each file, then imports it as one change; the first refusal stops."""

import argparse
from pathlib import Path

from roi.actors import Actor
from roi.cli import progress
from roi.cli.answer import Answer, no_file
from roi.cli.arguments import amount, correction, line_and_reason, month, pair, word
from roi.cli.closing import restatement_option
from roi.cli.costs_answer import Imported, answer
from roi.cli.opened import Commands, add_command, opened
from roi.commands import costs
from roi.commands.changing.requests import CostImport
from roi.domain.importing import UNLIMITED, DateOrder, Mode, Settings
from roi.errors import RefusedError
from roi.store.database import Store


def register(kinds: Commands) -> None:
    """The command and its options."""
    command = add_command(kinds, "costs", run, "import cost files, each as one change that can be undone")
    command.add_argument("files", nargs="+", type=Path, metavar="FILE")
    command.add_argument("--source", help="under which name these files and their settings are remembered")
    command.add_argument("--dry-run", action="store_true", help="say what would happen; store nothing")
    _reading_options(command)
    _correct_option(command)
    _shape_options(command)
    modes = command.add_mutually_exclusive_group()
    modes.add_argument(
        "--replace-months",
        dest="mode",
        action="store_const",
        const=Mode.REPLACE,
        default=Mode.ASK,
        help="the file replaces what its source already has in the same months",
    )
    modes.add_argument("--add", dest="mode", action="store_const", const=Mode.ADD, help="it adds to that")
    restatement_option(command)
    command.add_argument("--control-total", type=amount, metavar="N", help="what the books show (one file)")
    command.add_argument(
        "--unreconciled", default="", metavar="REASON", help="import although the total differs, and why"
    )


def _reading_options(command: argparse.ArgumentParser) -> None:
    """How the file is read, where the file itself does not say so."""
    command.add_argument(
        "--column",
        action="append",
        default=[],
        type=pair,
        metavar="FIELD=HEADER",
        help="which of their columns is our field, such as amount=Amount; may be repeated",
    )
    command.add_argument(
        "--state",
        action="append",
        default=[],
        type=pair,
        metavar="FIELD=VALUE",
        help="one value for the whole file, such as scenario=budget; may be repeated",
    )
    command.add_argument(
        "--value",
        action="append",
        default=[],
        type=word,
        metavar="FIELD:SENT=OURS",
        help="what a word of theirs means, such as team:Plattform=platform; remembered; may be repeated",
    )
    command.add_argument("--sheet", metavar="NAME", help="the sheet of a workbook that has several")
    command.add_argument("--currency", help="the currency of the whole file, such as GBP")
    command.add_argument("--month", type=month, metavar="YYYY-MM", help="the month of the whole file")
    command.add_argument("--dates", type=DateOrder, choices=list(DateOrder), help="how dates are read")
    command.add_argument("--decimal", choices=[".", ","], help="the mark before the decimals")
    command.add_argument(
        "--set-aside",
        action="append",
        default=[],
        type=line_and_reason,
        metavar="LINE=REASON",
        help="a line that goes to suspense, and why; may be repeated",
    )


def _correct_option(command: argparse.ArgumentParser) -> None:
    """Cells that are read as another value than was sent."""
    command.add_argument(
        "--correct",
        action="append",
        default=[],
        type=correction,
        metavar="LINE:FIELD=VALUE",
        help="read one cell as this (14:month=2026-01), or all alike (FIELD:SENT=VALUE, such as "
        "month:2026-13=2026-01); the file stays as it is; may be repeated",
    )


def _shape_options(command: argparse.ArgumentParser) -> None:
    """Two shapes that are no plain table of lines."""
    command.add_argument(
        "--months-across",
        action="store_true",
        help="columns named like months hold amounts (2026-01, Jan 2026; Jan with --month for its year)",
    )
    command.add_argument("--debit", default="", metavar="HEADER", help="the column of debits, with --credit")
    command.add_argument("--credit", default="", metavar="HEADER", help="the column of credits")


def run(asked: argparse.Namespace) -> Answer:
    """Import the files one after the other and answer with all that was said about them."""
    missing = [path for path in asked.files if not path.is_file()]
    if missing:
        return no_file(missing[0])
    if asked.control_total is not None and len(asked.files) > 1:
        return Answer.usage("--control-total goes with one file. For several use the command control.")
    done: list[Imported] = []
    with opened(asked) as (store, actor):
        for path in asked.files:
            done.append(_import_one(store, actor, path, asked))
            if not done[-1].is_accepted:
                break
    return answer(done, is_dry_run=asked.dry_run)


def _import_one(store: Store, actor: Actor, path: Path, asked: argparse.Namespace) -> Imported:
    content = path.read_bytes()
    reading = costs.read_file(
        store, actor, content, path.name, asked.source, limits=UNLIMITED, sheet=asked.sheet
    )
    if reading.table is None:
        return Imported(path.name, issues=reading.issues)
    request = CostImport(
        content,
        path.name,
        asked.source or reading.source,
        _settings(reading.settings, asked),
        mode=asked.mode,
        control_total=asked.control_total,
        unreconciled_reason=asked.unreconciled,
        restatement=asked.restatement,
        set_aside=tuple(asked.set_aside),
        limits=UNLIMITED,
        corrections=tuple(asked.correct),
    )
    with progress.shown(path.name) as tell:
        preview = costs.preview(store, actor, request, tell)
    if asked.dry_run or not preview.is_ready:
        return Imported(path.name, preview)
    try:
        with progress.shown(path.name) as tell:
            receipt = costs.import_costs(store, actor, request, tell)
        return Imported(path.name, preview, receipt)
    except RefusedError as error:
        return Imported(path.name, preview, issues=error.issues, problem=str(error))


def _settings(remembered: Settings, asked: argparse.Namespace) -> Settings:
    """What the command line says; when it says nothing, what the source remembers is used, and said so.

    Once it says something, remembered columns and readings still help, but values that were stated for an
    earlier file must be stated again (decision D17).
    """
    stated = dict(asked.state)
    stated.update({name: getattr(asked, name) for name in ("currency", "month") if getattr(asked, name)})
    own = [name for name in stated if name != "month"]
    shape = asked.months_across or asked.debit or asked.credit
    if not (asked.column or own or asked.dates or asked.decimal or shape):
        return Settings(stated=tuple(stated.items()), values=tuple(asked.value), sheet=asked.sheet)
    columns = {**dict(remembered.columns), **dict(asked.column)}
    return Settings(
        tuple((name, header) for name, header in columns.items() if name not in stated),
        tuple(stated.items()),
        asked.dates or remembered.date_order,
        asked.decimal or remembered.decimal,
        tuple(asked.value),
        asked.sheet,
        months_across=asked.months_across or (remembered.months_across and not shape),
        debit=asked.debit or (remembered.debit if not shape else ""),
        credit=asked.credit or (remembered.credit if not shape else ""),
    )
