"""What is done before the first visitor: load the code, answer the first pages, and leave both alone."""

import gc
import importlib
import logging
import pkgutil

import roi
from roi.demo import home
from roi.errors import RoiError
from roi.reports import portfolio, shell, teams
from roi.reports.shapes import Scope
from roi.ui import frame, session

_LOG = logging.getLogger("roi.ui")
_HEAVY = ("pandas", "plotly.graph_objects", "pyarrow", "python_calamine")
_NOT_OURS = ("roi.cli", "roi.__main__")


def code() -> int:
    """Import every module of the dashboard and what it leans on; how many of ours there are."""
    for name in _HEAVY:
        importlib.import_module(name)
    found = [module.name for module in pkgutil.walk_packages(roi.__path__, "roi.")]
    ours = [name for name in found if not name.startswith(_NOT_OURS)]
    for name in ours:
        importlib.import_module(name)
    return len(ours)


def answers() -> None:
    """Ask what every first visitor asks; a question that is refused now is told to the visitor then."""
    opened, you = session.first_store(), session.local()
    try:
        known = session.answer_of(opened, you, shell.build, Scope())
        acting = frame.first_of(known.actors) if known.actors else you
        for build in (portfolio.build, teams.build):
            session.answer_of(opened, acting, build, Scope(), session.today_of(home.chosen()))
    except RoiError:
        _LOG.exception("the first page could not be prepared")


def settle() -> None:
    """Take what was loaded out of the garbage collector's sight, once in a process.

    Streamlit has it look through everything after each run of a page, and what is loaded by now stays.
    """
    if not gc.get_freeze_count():
        gc.collect()
        gc.freeze()
