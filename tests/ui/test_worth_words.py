"""What stands beside the figures of an appraisal."""

from types import SimpleNamespace

from roi.domain.figures import Figure, unknown
from roi.ui.outcomes import money


def test_t6_a_payback_that_one_world_in_ten_does_not_reach_has_no_upper_end_and_says_so():
    never = "in more than 1 of 10 worlds it is not paid back within the horizon"
    found = SimpleNamespace(payback=Figure("payback", 24, never), payback_on=None)
    assert money._payback(found) == never
    found = SimpleNamespace(payback=Figure("payback", 24, low=20, high=30), payback_on=None)
    assert money._payback(found) == ""
    assert (
        money._payback(SimpleNamespace(payback=unknown("payback", "no cost"), payback_on=None)) == "no cost"
    )
