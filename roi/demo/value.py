"""What Alder Learning's work should change and did, as the lists that a company would bring in.

Good and bad, read and unread, cash and not: every state of an outcome and every verdict is there.
"""

from roi.demo import epics, promises, readings, results
from roi.demo.tables import Rows

OWNER = epics.SALES
NAMES = {
    "sales": epics.SALES,
    "studies": epics.STUDIES,
    "tech": epics.TECH,
    "finance": epics.FINANCE,
    "controller": readings.CONTROLLER,
}

MONEY = ("finance_lines", "line_cells", "line_months", "value_drivers", "driver_inputs")
"""The lists that finance brings in before anything is promised, in their order."""
WORK = (
    *("initiatives", "epics", "epic_teams", "epic_slices", "waits", "obligations"),
    *("product_lives", "epic_effort", "success_measures"),
    *("metric_series", "outcomes"),
)
"""The lists of the owners, in their order; readings, confirmations and ends follow."""


def tables() -> dict[str, tuple[list[str], Rows]]:
    """The header and the rows of every list about value, by the name of its file."""
    return {
        "finance_lines": (results.LINE_HEADER, results.LINES),
        "line_cells": (results.CELL_HEADER, results.cells()),
        "line_months": (results.MONTH_HEADER, results.months()),
        "value_drivers": (results.DRIVER_HEADER, results.drivers(NAMES)),
        "driver_inputs": (results.INPUT_HEADER, results.inputs(NAMES)),
        "initiatives": (epics.INITIATIVE_HEADER, epics.initiatives()),
        "epics": (epics.EPIC_HEADER, epics.epics()),
        "epic_teams": (epics.EPIC_TEAM_HEADER, epics.EPIC_TEAMS),
        "epic_slices": (epics.SLICE_HEADER, epics.SLICES),
        "waits": (epics.WAIT_HEADER, epics.WAITS),
        "obligations": (epics.OBLIGATION_HEADER, epics.OBLIGATIONS),
        "obligations_met": (epics.MET_HEADER, epics.MET),
        "product_lives": (epics.LIFE_HEADER, epics.lives()),
        "epic_effort": (epics.EFFORT_HEADER, epics.effort()),
        "success_measures": (epics.MEASURE_HEADER, epics.measures()),
        "metric_series": (results.SERIES_HEADER, results.series()),
        "outcomes": (promises.HEADER, promises.rows()),
        "readings": (readings.HEADER, readings.first()),
        "readings_2026": (readings.HEADER, readings.second()),
        "closures": (readings.CLOSURE_HEADER, readings.CLOSURES),
    }
