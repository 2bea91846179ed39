"""What is done before the first visitor: load the code, answer the first pages, and leave both alone."""

import gc
import importlib
import logging
import pkgutil
import sys
import time

import roi
from roi.demo import home
from roi.errors import RoiError
from roi.reports import portfolio, shell, teams
from roi.reports.ground import building
from roi.reports.shapes import Scope
from roi.ui import frame, session

_LOG = logging.getLogger("roi.ui")
_HEAVY = ("pandas", "plotly.graph_objects", "pyarrow", "python_calamine")
_MANY, _SECONDS = 75_000, 600
_LOOKED: dict[str, float] = {}
"""When everything was looked through last."""
_LEFT: dict[str, int] = {}
"""How many blocks of memory were in use when the collector was last told to leave them alone."""
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
        for build in (portfolio.build, teams.in_brief):
            session.answer_of(opened, acting, build, Scope(), session.today_of(home.chosen()), ())
    except RoiError:
        _LOG.exception("the first page could not be prepared")


def settle() -> None:
    """Take what is there to stay out of the garbage collector's sight: code, and answers that are kept.

    Streamlit has it look through everything after each run of a page, which at 500 teams took longer than
    the page. Now and then all of it is looked through once more, so that nothing is kept for ever.

    What came since is counted in blocks of memory: a list of the objects would hold, for a moment, tuples
    that other threads still fill, and Python refuses to go on with such a one.
    """
    now, used = time.monotonic(), sys.getallocatedblocks()
    left = _LEFT["blocks"] = min(_LEFT.get("blocks", 0), used)
    if left and used - left < _MANY:
        return
    if now - _LOOKED.get("all", now) > _SECONDS:
        building.let_in()
        _LOOKED.clear()
    _LOOKED.setdefault("all", now)
    gc.collect()
    building.set_apart()
    _LEFT["blocks"] = sys.getallocatedblocks()
