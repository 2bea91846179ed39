"""One bar of named parts with their amounts and shares, labelled directly."""

from collections.abc import Mapping, Sequence

from roi.charts.markup import Html, join, tag
from roi.domain.money import SHARE_WHOLE
from roi.reports.shapes import NamedAmount
from roi.story import words
from roi.ui import parts
from roi.ui.component import markup

INTENTS = {"run": "run", "grow": "grow", "transform": "transform"}
"""Class of a part by its name; any other part is drawn neutral."""
TREATMENTS = {"operating": "run", "capital": "transform"}


def draw(
    rows: Sequence[NamedAmount],
    currency: str,
    attribute: str,
    classes: Mapping[str, str],
    *,
    is_narrow: bool = False,
) -> None:
    """The parts in the order of `classes`, what is not said last; each under its part, with amount and share.

    `attribute` is what they are parts by: intent or treatment. A bar that `is_narrow` leaves out the shares.
    """
    order = list(classes)
    known = sorted(
        (row for row in rows if row.amount > 0),
        key=lambda row: (order.index(row.name) if row.name in order else len(order), -row.amount),
    )
    whole = sum(row.amount for row in known)
    amounts = [row.amount for row in known]
    scale = words.scale_for(amounts, currency, [(amounts, whole)])
    bar = [tag("div", style=f"flex:{row.amount}", class_=classes.get(row.name, "other")) for row in known]
    shares = ["" if is_narrow else f" · {words.share(amount * SHARE_WHOLE // whole)}" for amount in amounts]
    named = [
        tag(
            "div",
            tag("b", row.name.capitalize() or "Not said"),
            tag("span", _known(scale.text(row.amount), row, attribute), share, class_="nb"),
            class_=classes.get(row.name, "other"),
            style=f"flex:{row.amount} 1 0",
        )
        for row, share in zip(known, shares, strict=True)
    ]
    less = [row for row in rows if row.amount < 0]
    credits_ = [_less(row, currency, attribute) for row in less]
    rest = [tag("p", "Credits: ", join(*credits_, by=", "), ".", class_="sub")] if less else []
    drawn = join(tag("div", *bar, class_="mix"), tag("div", *named, class_="mixl"), *rest)
    markup(drawn, key=f"mix-{attribute}")


def _less(row: NamedAmount, currency: str, attribute: str) -> Html:
    shown = _known(words.money(row.amount, currency), row, attribute)
    return join(f"{row.name or 'not said'} ", shown)


def _known(shown: str, row: NamedAmount, attribute: str) -> Html:
    return parts.known_part(shown, "cost_part", part=row.part(attribute))
