"""R2, F8: on a disk that gets full nothing half is imported, reads go on, and work too when there is room."""

import shutil
from functools import partial

import pytest

from tests.faults import small_disk, worker
from tests.faults.conftest import heard

pytestmark = pytest.mark.faults
FULL = "The disk is full. Free some space, then repeat the last step."
FEW, MANY = (0, 3), range(38)
"""Megabytes that are left when the work begins."""


def test_r2_on_a_disk_that_gets_full_what_was_accepted_is_there_and_nothing_else(
    company, child, rounds, tmp_path_factory, soaked
):
    company.store.close()
    rooms, seen = FEW if rounds == 1 else MANY, []
    for room in rooms:
        path = tmp_path_factory.mktemp("small") / "company" / company.store.path.name
        shutil.copytree(company.store.path.parent, path.parent, ignore=shutil.ignore_patterns("*.lock"))
        with child(partial(small_disk.fill, room=room), path) as (_, told):
            said = heard(told)
        if str(said[0]).startswith("NOT TESTED"):
            pytest.skip(f"{said[0]}: a disk of a few megabytes")
        (done, sentence), held, lines = said[1:]
        assert sentence == FULL, room
        assert held == done * worker.LINES, room
        assert lines == 21 + (done + 1) * worker.LINES, room
        seen.append(done)
    assert seen[-1] > seen[0] == 0, "the rooms were all alike: the test looks at too little"
    soaked("small disks that got full", len(rooms))
