"""Runs the command line in this process, on the database of the test."""

import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from roi.cli.main import main


@dataclass(frozen=True)
class Ran:
    """Exit code and what was printed."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> dict:
        """The one line that `--json` ends with."""
        return json.loads(self.out.splitlines()[-1])


@pytest.fixture
def roi(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Run `python -m roi …`."""

    def run(*arguments: object) -> Ran:
        capsys.readouterr()
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as ended:  # argparse ends a wrong use so
            code = int(ended.code or 0)
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return run


@pytest.fixture
def company_by_cli(roi, tmp_path) -> None:
    """Company and teams, from the command line alone."""
    teams = tmp_path / "teams.csv"
    teams.write_text("team,value_stream,division,kind\nOnboarding,Enrolment,,\nCheckout,Enrolment,,\n")
    assert roi("company", "Brightwater Courses", "--currency", "USD").code == 0
    assert roi("import", "teams", teams).code == 0
