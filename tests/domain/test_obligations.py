"""Obligations are judged on date and ranked by deadline and penalty, at each boundary (rule V15)."""

from datetime import date, timedelta
from random import Random

import pytest

from roi.domain.obligations import Judgement, Standing, judge, rank

TODAY = date(2026, 11, 26)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("deadline", "delivered", "ended", "expected"),
    [
        (TODAY + 40 * DAY, None, None, Judgement(Standing.DUE, 40)),
        (TODAY + DAY, None, None, Judgement(Standing.DUE, 1)),
        (TODAY, None, None, Judgement(Standing.DUE, 0)),
        (TODAY - DAY, None, None, Judgement(Standing.OVERDUE, 1)),
        (None, None, None, Judgement(Standing.NO_DEADLINE)),
        (date(2026, 10, 3), date(2026, 10, 2), None, Judgement(Standing.IN_TIME, 1)),
        (date(2026, 10, 2), date(2026, 10, 2), None, Judgement(Standing.IN_TIME, 0)),
        (date(2026, 10, 1), date(2026, 10, 2), None, Judgement(Standing.LATE, 1)),
        (date(2028, 2, 28), date(2028, 3, 1), None, Judgement(Standing.LATE, 2)),
        (None, date(2026, 10, 2), None, Judgement(Standing.DELIVERED)),
        (TODAY - DAY, None, date(2026, 10, 2), Judgement(Standing.ENDED)),
        (None, None, date(2026, 10, 2), Judgement(Standing.ENDED)),
        (date(2026, 10, 2), date(2026, 10, 1), date(2026, 11, 2), Judgement(Standing.IN_TIME, 1)),
    ],
)
def test_v15_it_is_judged_on_the_day_of_its_deadline(deadline, delivered, ended, expected):
    assert judge(deadline, delivered, ended, TODAY) == expected


def test_v15_what_is_open_and_what_is_met():
    is_open = {one for one in Standing if Judgement(one).is_open}
    is_met = {one for one in Standing if Judgement(one).is_met}
    assert is_open == {Standing.OVERDUE, Standing.DUE, Standing.NO_DEADLINE}
    assert is_met == {Standing.IN_TIME, Standing.LATE, Standing.DELIVERED}
    assert set(Standing) - is_open - is_met == {Standing.ENDED}


def test_v15_ranked_by_deadline_then_by_penalty_what_is_not_met_first():
    soon, later = date(2026, 12, 1), date(2026, 12, 2)
    ordered = [
        (Judgement(Standing.OVERDUE, 5), date(2026, 11, 21), None),
        (Judgement(Standing.DUE, 5), soon, 2),
        (Judgement(Standing.DUE, 5), soon, 1),
        (Judgement(Standing.DUE, 5), soon, None),
        (Judgement(Standing.DUE, 6), later, 9),
        (Judgement(Standing.NO_DEADLINE), None, None),
        (Judgement(Standing.LATE, 1), date(2026, 1, 1), 9),
        (Judgement(Standing.IN_TIME, 1), date(2026, 2, 1), None),
        (Judgement(Standing.DELIVERED), None, None),
        (Judgement(Standing.ENDED), date(2025, 1, 1), 9),
    ]
    mixed = ordered.copy()
    Random(7).shuffle(mixed)
    assert sorted(mixed, key=lambda one: rank(*one, "a")) == ordered


def test_v15_equals_keep_one_order():
    same = (Judgement(Standing.DUE, 5), date(2026, 12, 1), 2)
    assert rank(*same, "a") < rank(*same, "b")
