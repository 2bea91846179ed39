"""An outcome in the making: what has been typed so far, the sentence that it makes, and what is missing.

Nothing here reads a store or a screen.
"""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation

from roi.charts.markup import Html, join, tag
from roi.domain import outcomes as told
from roi.domain import sizes
from roi.domain.figures import Figure
from roi.domain.money import SHARE_WHOLE
from roi.domain.structure import Epic, EpicKind, Grade, Outcome, ValueBasis, ValueClass
from roi.errors import Issue, blocker
from roi.story import words
from roi.ui import unbroken
from roi.ui.outcomes.promise import level, target

Values = Mapping[str, object]

_NEEDED = {
    "epic": "the epic",
    "metric": "what changes",
    "baseline": "where it stands now",
    "target_likely": "the likely target",
    "by_when": "by when",
    "value_class": "the kind of benefit",
    "owner": "the owner",
}


def number(typed: object) -> Decimal | None:
    """A level as a person types it: `62`, `62%`, `3.5`, `1,200`; None when it is no number, or beyond any."""
    found = _parsed(typed)
    return None if sizes.is_too_large(found) else found


def no_number(typed: object) -> str:
    """What is asked for instead of what was typed, which is none."""
    found = _parsed(typed)
    if found is not None:
        return f"a number {sizes.beyond(found)[1]}"
    return f"a number; “{str(typed)[:20]}” is none"


def _parsed(typed: object) -> Decimal | None:
    text = str(typed or "").strip().rstrip("%").strip().replace("−", "-").replace(" ", "")
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", text):
        text = text.replace(",", "")
    if not re.fullmatch(r"-?\d+([.,]\d+)?", text):
        return None
    try:
        return Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None


def key_for(name: str, taken: Collection[str]) -> str:
    """A short key from a name that no other has: `guided-first-lesson`, then `-2`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    stem = "-".join(re.findall(r"[a-z0-9]+", plain.casefold()))[:40].strip("-") or "item"
    tries = [stem, *(f"{stem}-{count}" for count in range(2, 1000))]
    return next(key for key in tries if key not in taken)


def missing(values: Values) -> tuple[str, ...]:
    """What still has to be said, in words; the numbers have to be numbers."""
    lacking = [name for key, name in _NEEDED.items() if not values.get(key)]
    if values.get("epic") == NEW:
        lacking += [
            name
            for key, name in (("epic_name", "the epic's name"), ("team", "its team"))
            if not values.get(key)
        ]
    return tuple(lacking)


def _beyond(number: Decimal) -> tuple[str, str]:
    said, expected = sizes.beyond(number)
    return f"{said} to be real", expected


NEW = "new"
"""Stands for an epic that is made with the outcome."""


def problems(values: Values) -> tuple[Issue, ...]:
    """Numbers that are none, and a promise that promises nothing."""
    found = []
    for key, name in _NUMBERS.items():
        typed = values.get(key)
        if typed and number(typed) is None:
            parsed = _parsed(typed)
            said, expected = ("no number", "like 62 or 3.5") if parsed is None else _beyond(parsed)
            told = f"“{name}” is {said}"
            found.append(blocker("number", told, column=name, sent=str(typed)[:20], expected=expected))
    likely, base = number(values.get("target_likely")), number(values.get("baseline"))
    if likely is not None and likely == base:
        found.append(
            blocker(
                "no_change",
                "The target is where it stands now",
                column="Target, likely",
                fix="Say what changes.",
            )
        )
    low, high = number(values.get("target_low")), number(values.get("target_high"))
    ends = [end for end in (low, likely, high) if end is not None]
    if len(ends) == 3 and not (ends == sorted(ends) or ends == sorted(ends, reverse=True)):
        found.append(
            blocker(
                "order",
                "The likely target lies outside low and high",
                column="Target, likely",
                fix="Put it between the low and the high end.",
            )
        )
    return tuple(found)


_NUMBERS = {
    "baseline": "Stands now",
    "target_low": "Target, low end",
    "target_likely": "Target, likely",
    "target_high": "Target, high end",
    "unit_value": "One unit, a month",
}


def outcome(values: Values, epic: str, key: str) -> Outcome | None:
    """The outcome that was typed, or None while it cannot be one."""
    base, likely = number(values.get("baseline")), number(values.get("target_likely"))
    if base is None or likely is None:
        return None
    low = number(values.get("target_low"))
    high = number(values.get("target_high"))
    when = values.get("by_when")
    share = values.get("share")
    shares = _shares(share if isinstance(share, tuple) else None)
    return Outcome(
        key=key,
        epic=epic,
        metric=_text(values, "metric"),
        unit=_text(values, "unit"),
        direction="down" if likely < base else "up",
        baseline=base,
        target_low=likely if low is None else low,
        target_likely=likely,
        target_high=likely if high is None else high,
        value_class=ValueClass(str(values.get("value_class") or ValueClass.NOT_FINANCIAL)),
        owner=_text(values, "owner"),
        by_when=when if isinstance(when, date) else None,
        unit_value=number(values.get("unit_value")),
        currency=_text(values, "currency"),
        value_basis=ValueBasis(str(values.get("value_basis") or ValueBasis.ASSUMED)),
        grade=Grade(str(values.get("grade") or Grade.E)),
        evidence=_text(values, "evidence"),
        share_low=shares[0],
        share_likely=shares[1],
        share_high=shares[2],
    )


def values_of(made: Outcome) -> dict[str, object]:
    """What would have to be typed for this outcome."""
    shares = [100 * end // SHARE_WHOLE for end in (made.share_low, made.share_high) if end is not None]
    return {
        "epic": made.epic,
        "metric": made.metric,
        "unit": made.unit,
        "baseline": f"{made.baseline:f}",
        "target_low": f"{made.target_low:f}",
        "target_likely": f"{made.target_likely:f}",
        "target_high": f"{made.target_high:f}",
        "by_when": made.by_when,
        "value_class": made.value_class.value,
        "unit_value": "" if made.unit_value is None else f"{made.unit_value:f}",
        "currency": made.currency,
        "value_basis": made.value_basis.value,
        "owner": made.owner,
        "grade": made.grade.value,
        "evidence": made.evidence,
        "share": tuple(shares) if len(shares) == 2 else None,
    }


def keeping(made: Outcome, held: Outcome, values: Values) -> Outcome:
    """What was typed over the outcome that is held: its reading stays, and its share where nobody moved it.

    The slider has whole percents and no likely share of its own, so an untouched one would be another share.
    """
    kept = ["actual", "read_on"]
    if values.get("share") == values_of(held)["share"]:
        kept += ["share_low", "share_likely", "share_high"]
    return replace(made, **{name: getattr(held, name) for name in kept})


def _shares(span: tuple[object, ...] | None) -> tuple[int | None, int | None, int | None]:
    """Percent from a slider (low, high) as parts per million, the likely share in the middle."""
    if span is None:
        return None, None, None
    low, high = (int(str(end)) * SHARE_WHOLE // 100 for end in span)
    return low, (low + high) // 2, high


def _text(values: Values, key: str) -> str:
    return str(values.get(key) or "").strip()


def epic(values: Values, key: str) -> Epic:
    """The epic that is made with the outcome."""
    started, delivered = values.get("started"), values.get("delivered")
    percent = values.get("planned_share")
    return Epic(
        key=key,
        name=_text(values, "epic_name"),
        team=_text(values, "team"),
        kind=EpicKind(str(values.get("kind") or EpicKind.FEATURE)),
        started=started if isinstance(started, date) else date.min,
        delivered=delivered if isinstance(delivered, date) else None,
        planned_share=(percent if isinstance(percent, int) else 0) * SHARE_WHOLE // 100,
        is_obligation=bool(values.get("is_obligation")),
    )


def sentence(
    values: Values, month: Figure | None = None, *, is_over: bool = False, unsaid: str = "how much"
) -> Html:
    """*We expect … to move from … to … by …, worth about … a year, owned by ….* Gaps are shown as gaps.

    It was expected, where that `is_over`: its day has passed, or it was ended. `unsaid` stands for its worth.

    With `month` a year is twelve of what a month is expected to bring, as the page shows it; while it is
    typed, it is reckoned from what is typed.
    """
    made = outcome(values, "", "") if _is_promise_said(values) else None
    unit = _text(values, "unit")
    metric = _or_gap(_text(values, "metric"), "what changes")
    base = number(values.get("baseline"))
    start = _or_gap("" if base is None else level(base, unit), "where it stands now")
    end = _or_gap(target(made) if made else "", "its target")
    when = values.get("by_when")
    date_ = _or_gap(words.day(when) if isinstance(when, date) else "", "a date")
    owner = _or_gap(_text(values, "owner"), "an owner")
    said = tag(
        "p",
        "We expected " if is_over else "We expect ",
        metric,
        " to move from ",
        start,
        " to ",
        end,
        " by ",
        date_,
        _worth_of(month) if month is not None and month.is_known else _worth(made, unsaid),
        ", owned by ",
        owner,
        ".",
        class_="live",
        role="status",
    )
    return unbroken.unbroken(said)


def _is_promise_said(values: Values) -> bool:
    """Whether baseline and targets are numbers in order: else there is no target to tell yet."""
    return all(one.column == _NUMBERS["unit_value"] for one in problems(values))


def _or_gap(text: str, gap: str) -> Html:
    return tag("b", text) if text else tag("span", f"({gap})", class_="gap")


def _worth(made: Outcome | None, unsaid: str) -> Html:
    """`, worth about $1.2M a year (0.7–1.6)`, from the unit value a month; words where there is none."""
    month = told.expected_month(made) if made else None
    if made is None or month is None:
        why = ", not counted as money" if made and made.value_class is ValueClass.NOT_FINANCIAL else ""
        return tag("span", why) if why else join(", worth ", _or_gap("", unsaid))
    year = month.times(12)
    return _a_year(
        Figure("expected_month", year.likely, low=year.low, high=year.high, currency=made.currency)
    )


def _worth_of(month: Figure) -> Html:
    low, likely, high = (None if end is None else 12 * end for end in (month.low, month.value, month.high))
    return _a_year(replace(month, value=likely, low=low, high=high))


def _a_year(year: Figure) -> Html:
    between, likely = words.range_of(year), words.figure(year)
    told_range = f" ({between})" if between not in {"", likely} else ""
    return join(", worth about ", tag("b", f"{likely} a year{told_range}"))
