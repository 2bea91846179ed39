"""Amounts in few digits whose printed rows and columns add up, never far from the exact amount."""

from hypothesis import given
from hypothesis import strategies as st

from roi.story import tied, words

SCALE = words.Scale("USD", "k", 0)
AMOUNTS = st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=9)


def _branches(leaves):
    return [tied.Branch(sum(some), tuple(some)) for some in leaves]


@given(st.lists(AMOUNTS, min_size=1, max_size=6))
def test_the_printed_parts_make_the_printed_total(leaves):
    branches = _branches(leaves)
    total = sum(branch.amount for branch in branches)
    shown = tied.printed(SCALE, total, branches)
    moved = sum(1 for branch in branches if branch.amount)
    if moved:
        assert sum(row.steps for row in shown) == SCALE.rounded(total)
    for row, branch in zip(shown, branches, strict=True):
        if any(branch.leaves):
            assert abs(sum(row.leaves) - row.steps) <= 1


@given(AMOUNTS)
def test_no_printed_amount_is_a_step_away_from_the_exact_one(leaves):
    total = sum(leaves)
    for steps, amount in zip(
        tied.printed(SCALE, total, [tied.Branch(amount) for amount in leaves]), leaves, strict=True
    ):
        assert abs(steps.steps * 100_000 - amount) < 150_000


def test_nought_stays_nought_and_unknown_stays_unknown():
    shown = tied.printed(SCALE, 100_000, [tied.Branch(50_000), tied.Branch(50_000), tied.Branch(0)])
    assert [row.steps for row in shown] == [0, 1, 0] or [row.steps for row in shown] == [1, 0, 0]
    assert tied.printed(SCALE, 5, [tied.Branch(None)])[0].steps is None


def test_amounts_that_do_not_make_the_total_are_rounded_and_left():
    assert [row.steps for row in tied.printed(SCALE, 900_000, [tied.Branch(149_999)])] == [1]


def test_the_words_of_a_step():
    assert tied.text(SCALE, 1_698, 169_766_391) == "$1,698k"
    assert tied.text(SCALE, 0, 31_000) == "$310"
    assert tied.text(SCALE, None, None) == words.DASH
    assert tied.signed(SCALE, 4, 400_000) == "+$4k"
    assert tied.signed(SCALE, -4, -400_000) == "−$4k"


def test_a_scale_with_digits_after_the_point_prints_its_steps_by_them():
    """A small company: £33.0k was printed as £330k, ten times what it is."""
    scale = tied.compact([3_300_000, 500_000], "GBP")
    (whole,) = tied.printed(scale, 3_300_000, [tied.Branch(3_300_000, (500_000, 2_800_000))])
    shown = [
        tied.text(scale, one, amount) for one, amount in zip(whole.leaves, (500_000, 2_800_000), strict=True)
    ]
    assert (tied.text(scale, whole.steps, 3_300_000), shown) == ("£33.0k", ["£5.0k", "£28.0k"])


def test_the_scale_is_one_unit_below_the_largest():
    assert tied.scale_for([841_757_641], "USD") == words.Scale("USD", "k", 0)
    assert tied.scale_for([None, 4_000_000], "USD") == words.Scale("USD", "", 0)
