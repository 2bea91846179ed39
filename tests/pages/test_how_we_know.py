"""Every number that opens *How we know* opens it on itself: its trace says what the page shows (law T8)."""

import re
import shutil
from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from functools import cache
from html import unescape
from urllib.parse import parse_qsl

import pytest

from roi.demo import load
from roi.domain.figures import Figure, Unit
from roi.domain.money import MINOR_DIGITS, SHARE_WHOLE
from roi.reports import trace
from roi.reports.shapes import Scope
from roi.story import words
from roi.ui import session
from tests.pages.conftest import placed

KNOWN = re.compile(r'<button[^>]*data-know="([^"]*)"[^>]*>(.*?)</button>')
TAG = re.compile(r"<[^>]+>")
NUMBER = re.compile(r"([−+▲▼< ]*)\D{0,3}?([\d,]*\d(?:\.\d+)?)([MBk]?)")
UNITS = {"": 0, "k": 3, "M": 6, "B": 9}
HEAD = re.compile(r'<(h1|h2|p class="lede"|span class="x"|div class="mixl")[^>]*>(.*?)</(?:h1|h2|p|span)>')
AMOUNT = re.compile(r"[$€£]\d[\d,.]*[kMB]?")
PLACES = [
    ("", {}),
    ("teams", {}),
    ("teams", {"view": "mix"}),
    ("outcomes", {}),
    ("team", {"team": "onboarding"}),
    ("epic", {"epic": "release-path"}),
    ("initiative", {"initiative": "enrol-more"}),
]


@pytest.fixture(scope="module")
def folder(demo_files, tmp_path_factory):
    return shutil.copytree(demo_files, tmp_path_factory.mktemp("known") / "demo")


@pytest.fixture
def page_of(folder, monkeypatch, open_page):
    monkeypatch.setenv("ROI_COMPANY", "demo")
    monkeypatch.setenv("ROI_DEMO_DATABASE", str(folder / "demo.duckdb"))

    def run(page: str, **query: str) -> str:
        app = open_page(page, **query)
        app.selectbox(key="acting_as").set_value(load.FINANCE.name).run()
        assert not app.exception
        return placed(app)

    return run


@cache
def traced(address: str) -> Figure:
    figure_id, _, where = address.partition(" ")
    keys = dict(parse_qsl(where))
    stream = keys.pop("stream", None)
    team, outcome = keys.pop("team", None), keys.pop("outcome", None)
    scope = replace(Scope(), value_stream=stream)
    found = trace.build(
        session.store(), load.FINANCE, scope, figure_id, team, outcome, **keys, today=session.today()
    )
    return found.figure if found.sums_agree else replace(found.figure, value=None, reason="does not add up")


def bare(html: str) -> list[str]:
    """Amounts of titles, ledes and lists that open nothing; the 1 of *per $1* is no amount."""
    heads = [TAG.sub("", KNOWN.sub("", inner)) for _, inner in HEAD.findall(html)]
    return [head for head in heads if set(AMOUNT.findall(head)) - {"$1"}]


MOST = 5
"""Rows of one table are made alike: of so many links to one figure, some are opened."""


def some(found: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """At most so many links to each figure: the first ones, that of the whole among them, and the last."""
    by_figure = defaultdict(list)
    for link in sorted(found):
        by_figure[link[0].partition(" ")[0]].append(link)
    return {link for links in by_figure.values() for link in (*links[: MOST - 1], links[-1])}


def is_same(text: str, figure: Figure) -> bool:
    """Whether the words show the figure, an input of its formula, or its range; printed steps may tie."""
    if figure.value is None:
        return not re.search(r"\d", text)  # the drawer says why there is no number
    if text in {words.figure(figure), words.range_of(figure)}:
        return True
    inputs = dict(figure.inputs)
    amounts = [figure.value, *(amount for amount in inputs.values() if amount is not None)]
    if figure.figure_id == "full_cost":  # what came from enabling teams and overhead is all but its own
        amounts.append(figure.value - (inputs.get("team_cost") or 0))
    return any(_near(text, amount, figure) for amount in amounts)


def _near(text: str, amount: int, figure: Figure) -> bool:
    found = NUMBER.search(text)
    if found is None:
        return False
    unit = figure.definition.unit
    if unit is Unit.MONEY:
        exact = Decimal(abs(amount)).scaleb(-MINOR_DIGITS[figure.currency])
    elif "%" in text:
        exact = Decimal(abs(amount)) * 100 / SHARE_WHOLE
    else:
        exact = Decimal(abs(amount)) / (SHARE_WHOLE if unit is Unit.PER_UNIT else 1)
    digits = Decimal(found[2].replace(",", ""))
    step = Decimal(1).scaleb(digits.as_tuple().exponent + UNITS[found[3]])
    return abs(digits.scaleb(UNITS[found[3]]) - exact) <= step


@pytest.mark.parametrize(("page", "query"), PLACES, ids=str)
def test_t8_every_known_number_of_a_page_opens_a_trace_that_says_the_same(page_of, page, query):
    html = page_of(page, **query)
    assert not bare(html)
    found = {(unescape(address), unescape(TAG.sub("", inner))) for address, inner in KNOWN.findall(html)}
    assert found
    found = some(found)
    figures = {address: traced(address) for address, _ in found}
    wrong = [
        f"{address}: shown {text!r}, traced {words.figure(figures[address])} {figures[address].reason}"
        for address, text in sorted(found)
        if not is_same(text, figures[address])
    ]
    assert not wrong, "\n".join(wrong)
