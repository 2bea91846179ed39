"""What README.md tells a reader to type is there to be typed."""

import re
import shlex
import subprocess

import pytest

from roi.cli.main import parser
from tests import house

README = (house.ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = [block.replace("\\\n", " ") for block in re.findall(r"```bash\n(.*?)```", README, re.DOTALL)]
COMMANDS = [
    shlex.split(line, comments=True)[3:]
    for block in BLOCKS
    for line in block.splitlines()
    if line.startswith("python -m roi ")
]


def test_the_readme_shows_the_command_line():
    assert len(COMMANDS) > 10


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_every_command_of_the_readme_is_one(arguments):
    assert parser().parse_args(arguments).run


def test_every_make_target_of_the_readme_is_one():
    makefile = (house.ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    asked = set(re.findall(r"(?:^|`)make ([a-z]+)", README, re.MULTILINE))
    assert asked
    assert asked <= targets


def test_the_two_commands_stand_near_the_top():
    first = "\n".join(README.splitlines()[:25])
    assert "make run" in first
    assert "make test" in first


def test_every_file_that_the_readme_names_is_there():
    named = set(re.findall(r"`((?:roi|data|tests|bench|\.ci)/[\w./]+)`", README))
    made = {"data/roi.duckdb"}  # made when the program first runs
    assert [name for name in named - made if not (house.ROOT / name).exists()] == []


def test_continuous_integration_runs_the_test_command_and_nothing_else():
    run = (house.ROOT / ".ci" / "run").read_text(encoding="utf-8")
    code = [line for line in run.splitlines() if line and not line.startswith(("#", "set ", "cd "))]
    nothing_left_out = "export ROI_CI=1"  # without strace a test then fails instead of being skipped
    assert code == [nothing_left_out, "exec make test"]


def test_make_says_what_it_can_do():
    done = subprocess.run(["make", "help"], cwd=house.ROOT, capture_output=True, text=True, check=True)
    for target in ("run", "serve", "test", "bench", "soak", "verify", "lock", "clean"):
        assert f"make {target} " in done.stdout
