"""Faults 9 and 17: another clock, time zone, language or hash seed gives the same figures, byte for byte."""

import json
import os
import re
import subprocess
import sys

import pytest

pytestmark = pytest.mark.faults
HERE = (0, {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"})
ELSEWHERE = (
    (-2, {"TZ": "Pacific/Kiritimati", "LC_ALL": "de_DE.UTF-8", "PYTHONHASHSEED": "2"}),
    (9, {"TZ": "Pacific/Marquesas", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "3"}),
)
# Who recorded it when is no figure; the reports carry it where something was confirmed or imported.
_WHEN = re.compile(r"datetime\.datetime\([^)]*\)")


def told(project, folder, years, environment):
    """What the child says of the company that it builds there and then."""
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.surroundings", str(folder), str(years)],
        cwd=project,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_same_figures_in_any_time_zone_language_and_year(project, tmp_path):
    here = told(project, tmp_path / "here", *HERE)
    assert all(here["figures"].values())
    for number, (years, environment) in enumerate(ELSEWHERE):
        there = told(project, tmp_path / str(number), years, environment)
        assert abs(there["year"] - there["now"] - years) <= 1, "the clock was not set"
        for name, figures in here["figures"].items():
            assert _WHEN.sub("", there["figures"][name]) == _WHEN.sub("", figures), (name, environment)
