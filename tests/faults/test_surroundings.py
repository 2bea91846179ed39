"""Faults 9 and 17: another clock, time zone, language or hash seed gives the same figures, byte for byte."""

import json
import os
import re
import shutil
import subprocess
import sys

import pytest

from tests import house
from tests.faults import surroundings

pytestmark = pytest.mark.faults
HERE = (0, {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "1"})
ELSEWHERE = (
    (-2, "de_DE", {"TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "2"}),
    (9, "tr_TR", {"TZ": "Pacific/Marquesas", "PYTHONHASHSEED": "3"}),
)
"""Years, a language (decimal commas; Turkish, where I and i are not one letter), and other variables."""
# When something was recorded is no figure; reports carry it where something was confirmed, imported, or
# promised late.
_WHEN = re.compile(
    r"datetime\.datetime\([^)]*\)|DTSTAMP:\w+|entered_on=datetime\.date\([^)]*\)|told_late=\d+"
)


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


def differing(here, there):
    """The answers that are others there."""
    pairs = ((name, _WHEN.sub("", text)) for name, text in here["figures"].items())
    return [name for name, text in pairs if _WHEN.sub("", there["figures"][name]) != text]


def language(name, folder):
    """The variables that really set this language, which is made there; none where it cannot be made."""
    command = ["localedef", "-i", name, "-f", "UTF-8", str(folder / f"{name}.UTF-8")]
    is_made = (
        shutil.which("localedef") and not subprocess.run(command, capture_output=True, check=False).returncode
    )
    return {"LOCPATH": str(folder), "LC_ALL": f"{name}.UTF-8"} if is_made else {}


def test_the_same_figures_in_any_time_zone_language_and_year(project, tmp_path):
    here, missing = told(project, tmp_path / "here", *HERE), []
    assert all(here["figures"].values())
    for years, name, variables in ELSEWHERE:
        spoken = language(name, tmp_path)
        missing += [] if spoken else [name]
        there = told(project, tmp_path / name, years, {"LC_ALL": "C", **variables, **spoken})
        assert abs(there["year"] - there["now"] - years) <= 1, "the clock was not set"
        assert there["language"] == spoken.get("LC_ALL", "C"), "the language was not set"
        assert differing(here, there) == [], variables
    if missing:
        pytest.skip(
            f"NOT TESTED: the languages {', '.join(missing)} (time zones and years were); no localedef"
        )


def test_all_below_the_screen_that_reads_a_clock_reads_the_one_that_is_set():
    reads = re.compile(r"\bdatetime\.(?:now|today|utcnow)\(|\bdate\.today\(|\btime\.time\(")
    below = [path for path in house.program_files() if house.name(path).startswith("roi/")]
    found = {
        house.name(path).removesuffix(".py").replace("/", ".")
        for path in below
        if not house.name(path).startswith(("roi/ui/", "roi/cli/"))
        if reads.search(path.read_text(encoding="utf-8"))
    }
    assert found == {module.__name__ for module in surroundings.READS_THE_CLOCK}
