"""One bar of named parts with their amounts and shares, labelled directly."""

from collections.abc import Mapping, Sequence

from roi.charts.markup import join, tag
from roi.domain.money import SHARE_WHOLE
from roi.reports.shapes import NamedAmount
from roi.story import words
from roi.ui.component import markup

INTENTS = {"run": "run", "grow": "grow", "transform": "transform"}
"""Class of a part by its name; any other part is drawn neutral."""
TREATMENTS = {"operating": "run", "capital": "transform"}


def draw(rows: Sequence[NamedAmount], currency: str, key: str, classes: Mapping[str, str]) -> None:
    """The parts in the order of `classes`, what is not said last; each with its amount and share."""
    order = list(classes)
    known = sorted(
        (row for row in rows if row.amount > 0),
        key=lambda row: (order.index(row.name) if row.name in order else len(order), -row.amount),
    )
    whole = sum(row.amount for row in known)
    amounts = [row.amount for row in known]
    scale = words.scale_for(amounts, currency, [(amounts, whole)])
    bar = [tag("div", style=f"flex:{row.amount}", class_=classes.get(row.name, "other")) for row in known]
    named = [
        tag(
            "div",
            tag("b", row.name.capitalize() or "Not said"),
            f"{scale.text(row.amount)} · {words.share(row.amount * SHARE_WHOLE // whole)}",
        )
        for row in known
    ]
    less = [row for row in rows if row.amount < 0]
    rest = (
        [tag("p", f"Credits: {words.listed([_less(row, currency) for row in less])}.", class_="sub")]
        if less
        else []
    )
    markup(join(tag("div", *bar, class_="mix"), tag("div", *named, class_="mixl"), *rest), key=key)


def _less(row: NamedAmount, currency: str) -> str:
    return f"{row.name or 'not said'} {words.money(row.amount, currency)}"
