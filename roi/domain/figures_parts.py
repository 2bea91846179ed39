"""Definitions of parts of a cost that stand in lists by name: each is made of its own lines."""

from roi.domain.definitions import Definition, Unit

SINCE = "1.4"

DEFINITIONS = (
    Definition(
        "suspense_part",
        "On no team yet, by name",
        Unit.MONEY,
        "Ledger lines that no team carries yet and that share one name, such as a cost area, and one reason.",
        "suspense {whole} − what has another name or reason {others} = {part}",
        "Which team it belongs to; somebody has to say so.",
        better="down",
        since=SINCE,
    ),
    Definition(
        "cost_part",
        "Part of the cost",
        Unit.MONEY,
        "What of a cost is of one intent, treatment, category or cost area, as the files say it: of the cost "
        "of all teams with overhead, else of the own cost of one team or of the teams of one value stream.",
        "cost {whole} − what is of another kind {others} = {part}",
        "Whether the files say it rightly; nothing is decided here.",
        since=SINCE,
    ),
)
