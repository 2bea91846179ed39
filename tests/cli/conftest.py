"""Runs the command line in this process, on the database of the test."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from roi.cli.main import main
from tests import sharing


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


def _make_company(folder: Path) -> None:
    teams = folder / "teams.csv"
    teams.write_text("team,value_stream,division,kind\nOnboarding,Enrolment,,\nCheckout,Enrolment,,\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ROI_DATABASE", str(folder / "roi.duckdb"))
        assert main(["company", "Brightwater Courses", "--currency", "USD"]) == 0
        assert main(["import", "teams", str(teams)]) == 0


@pytest.fixture(scope="session")
def company_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of company and teams, from the command line alone, made once for a whole run."""
    return sharing.made_once(tmp_path_factory, "company-by-cli", _make_company)


@pytest.fixture
def company_by_cli(company_files: Path, tmp_path: Path) -> None:
    """A copy of its own of company and teams."""
    sharing.copy(company_files, tmp_path)
