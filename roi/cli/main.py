"""Reads the command line, runs one command, says what came of it, and answers with an exit code."""

import argparse
import sys
from collections.abc import Sequence

from roi import __version__
from roi.cli import (
    closing,
    company,
    costs,
    demo,
    epic,
    export,
    figures,
    keeping,
    lists,
    mapping,
    obligations,
    outcome,
    product,
    trace,
    tracker,
)
from roi.cli.answer import DONE, Answer, refused
from roi.errors import RoiError, UnchangedError

_ABOUT = "Engineering ROI: what software teams cost, what their work returned, and how sure we are."
_CODES = """\
exit codes: 0 done; 1 refused, nothing was changed; 2 a question to answer first, or wrong usage;
3 the data is in use elsewhere, damaged, or cannot be written.
The data is data/roi.duckdb, or the file that the environment variable ROI_DATABASE names; with
ROI_COMPANY=demo it is the demo company in data/demo.duckdb, or in the file that ROI_DEMO_DATABASE names."""


def parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    main_parser = argparse.ArgumentParser(
        prog="python -m roi",
        description=_ABOUT,
        epilog=_CODES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    main_parser.add_argument("--version", action="version", version=__version__)
    commands = main_parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    imports = commands.add_parser("import", help="bring in cost files, or lists by template")
    kinds = imports.add_subparsers(title="what to import", metavar="WHAT", required=True)
    costs.register(kinds)
    lists.register(kinds)
    tracker.register(kinds)
    for module in (
        company,
        mapping,
        outcome,
        epic,
        closing,
        keeping,
        figures,
        obligations,
        product,
        trace,
        export,
        demo,
    ):
        module.register(commands)
    return main_parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the answer is its exit code."""
    asked = parser().parse_args(arguments)
    try:
        answer: Answer = asked.run(asked)
    except UnchangedError as error:
        data = {"outcome": "unchanged", "change": None, "message": str(error)}
        answer = Answer(DONE, (f"{error} {error.safe}",), data)
    except RoiError as error:
        answer = refused(error)
    answer.show(as_json=asked.json)
    return answer.code


if __name__ == "__main__":
    sys.exit(main())
