"""Days as trackers write them, in five languages; where day and month could be either, it is asked."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from roi.domain.importing import DateOrder
from roi.errors import UNSAVED, Issue, blocker, warning
from roi.ingest.tracker.vocabulary import fold_word

EXPECTED = "a day such as 2026-04-30, 30/Apr/26 2:38 PM or 30/04/2026 14:38"
_MISSING = frozenset({"", "na", "n a", "nan", "na n", "nat", "na t", "null", "none", "n"})
_LONGEST_MISSING = 5
_MONTHS = {
    word: number
    for number, names in enumerate(
        (
            "jan january januar janner janvier janv ene enero janeiro",
            "feb february februar fevrier fevr fev febrero fevereiro",
            "mar march marz mrz maerz mars marzo marco",
            "apr april avril avr abr abril",
            "may mai mayo maio",
            "jun june juni juin junio junho",
            "jul july juli juillet juil julio julho",
            "aug august aout ago agosto",
            "sep sept september septembre septiembre set setembro",
            "oct october oktober okt octobre octubre out outubro",
            "nov november novembre noviembre novembro",
            "dec december dezember dez decembre dic diciembre dezembro",
        ),
        start=1,
    )
    for word in names.split()
}
_TIME = re.compile(
    r"[T ,]+(?P<hour>\d{1,2})[:h.](?P<minute>\d{2})(?::(?P<second>\d{2})(?:[.,]\d+)?)?"
    r"\s*(?P<half>[ap]\.?\s?m\.?)?\s*(?:Z|UTC|[+-]\d{2}:?\d{2})?$",
    re.IGNORECASE,
)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMERIC = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})[-/. ](\d{4}|\d{2})")
_NAMED = re.compile(r"(\d{1,2})(?:[-/. ]+|\. )(?:de )?([^\W\d]{3,10})\.?(?:[-/. ]+|, )(?:de )?(\d{4}|\d{2})")
_NAME_FIRST = re.compile(r"([^\W\d]{3,10})\.?[-/ ]+(\d{1,2}),?[-/ ]+(\d{4}|\d{2})")


@dataclass(frozen=True, slots=True)
class Written:
    """What a written day can mean: one day, or one for each order; `seconds` since midnight for its place.

    `is_missing`: the tracker's word for no value. `is_cut`: its year has lost its century.
    """

    plain: date | None = None
    day_first: date | None = None
    month_first: date | None = None
    seconds: int = 0
    is_missing: bool = False
    is_cut: bool = False

    @property
    def is_either(self) -> bool:
        """Whether both orders give a day, and not the same."""
        return self.day_first is not None and self.month_first not in {None, self.day_first}

    @property
    def is_readable(self) -> bool:
        """Whether it is a day at all."""
        return bool(self.plain or self.day_first or self.month_first)

    def day(self, order: DateOrder | None) -> date | None:
        """The day in the order of the file; None when that order gives none."""
        if self.plain is not None:
            return self.plain
        if order is DateOrder.MONTH_FIRST:
            return self.month_first
        return self.day_first if order is not DateOrder.ISO else None


@lru_cache(maxsize=262_144)
def written(text: str) -> Written:
    """What a cell of a date column can mean."""
    sent = " ".join(text.split())
    if len(sent) <= _LONGEST_MISSING and fold_word(sent) in _MISSING:
        return Written(is_missing=True)
    clock = _TIME.search(sent)
    seconds = _seconds(clock) if clock else 0
    plain = sent[: clock.start()].strip() if clock else sent
    if found := _ISO.fullmatch(plain):
        day = _day(int(found[1]), int(found[2]), int(found[3]))
        return Written(plain=day, seconds=seconds, is_cut=int(found[1]) < 100)
    if found := _NUMERIC.fullmatch(plain):
        return _numeric(found, seconds)
    if found := _NAMED.fullmatch(plain):
        return Written(plain=_named(found[3], found[2], found[1]), seconds=seconds)
    if found := _NAME_FIRST.fullmatch(plain):
        return Written(plain=_named(found[3], found[1], found[2]), seconds=seconds)
    return Written()


def _seconds(clock: re.Match[str]) -> int:
    hour = int(clock["hour"])
    if clock["half"]:
        hour = hour % 12 + (12 if clock["half"][0] in "pP" else 0)
    return hour * 3600 + int(clock["minute"]) * 60 + int(clock["second"] or 0)


def _numeric(found: re.Match[str], seconds: int) -> Written:
    """Points stand between day, month and year in that order; other signs leave it open."""
    year, first, second = _year(found[4]), int(found[1]), int(found[3])
    if found[2] == ".":
        return Written(plain=_day(year, second, first), seconds=seconds)
    return Written(
        day_first=_day(year, second, first), month_first=_day(year, first, second), seconds=seconds
    )


def _named(year: str, month: str, day: str) -> date | None:
    return _day(_year(year), _MONTHS.get(fold_word(month), 0), int(day))


def _year(sent: str) -> int:
    year = int(sent)
    if len(sent) > 2:
        return year
    return year + (2000 if year < 70 else 1900)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if 1900 <= year <= 2199 else None


Cell = tuple[int, str, str]
"""A written day: its line, our field, what was sent."""


def order(cells: Iterable[Cell], stated: DateOrder | None) -> tuple[DateOrder | None, tuple[Issue, ...]]:
    """The order of all numeric days of a file: stated, decided by the file, or a question."""
    if stated is not None:
        return stated, ()
    days, months, either = [], [], []
    for cell in cells:
        meant = written(cell[2])
        if meant.is_either:
            either.append(cell)
        elif meant.day_first and not meant.month_first:
            days.append(cell)
        elif meant.month_first and not meant.day_first:
            months.append(cell)
    if days and months:
        return None, (_mixed(days[0], months[0]),)
    if either and not (days or months):
        return None, (_which(either),)
    found = DateOrder.MONTH_FIRST if months else DateOrder.DAY_FIRST
    return found, (_inferred(found, days or months, either[0]),) if either else ()


def _mixed(first: Cell, second: Cell) -> Issue:
    return blocker(
        "date_order",
        f"Row {first[0]} can only be a date with the day first ({first[2]}), row {second[0]} only one with "
        "the "
        f"month first ({second[2]}). {UNSAVED}",
        line=second[0],
        column=second[1],
        sent=second[2],
        expected="one date format in the file",
        fix="Export the file again with one date format.",
    )


def _which(either: list[Cell]) -> Issue:
    line, column, sent = either[0]
    return blocker(
        "date_order",
        f"Row {line}: the date {sent} is ambiguous, day or month may come first, and no row of the file "
        "decides it. "
        f"{UNSAVED}",
        line=line,
        column=column,
        sent=sent,
        expected="2026-04-30, 30/Apr/26, or a stated date format",
        fix="Say how dates are written: day first or month first.",
        count=len(either),
        choices=(DateOrder.DAY_FIRST.value, DateOrder.MONTH_FIRST.value),
    )


def _inferred(found: DateOrder, deciding: list[Cell], either: Cell) -> Issue:
    word = "day" if found is DateOrder.DAY_FIRST else "month"
    return warning(
        "inferred_dates",
        f"Dates were read with the {word} first, as {len(deciding):,} of them can only be read so "
        f"(row {deciding[0][0]}).",
        line=deciding[0][0],
        column=either[1],
        sent=either[2],
        fix="Say how dates are written if this is wrong.",
    )
