"""The published corpus of bad inputs, scored by its own script through the adapter beside this file."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.real
ADAPTER = Path(__file__).with_name("bad_inputs_adapter.py")


def test_the_corpus_passes_its_own_score(shared, tmp_path):
    corpus, answers = shared / "bad_inputs", tmp_path / "answers.json"
    command = [sys.executable, str(corpus / "check.py"), str(corpus), f"{sys.executable} {ADAPTER}"]
    done = subprocess.run(
        [*command, "--json", str(answers), "--jobs", "1"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ADAPTER.parents[2])},
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    grades = {one["file"]: one["grade"] for one in json.loads(answers.read_text())}
    assert len(grades) == 20
    assert {file: grade for file, grade in grades.items() if grade != "PASS"} == {}


def test_the_word_beside_an_external_entity_is_told_nowhere(shared, tmp_path):
    (tmp_path / "canary-secret.txt").write_text("kestrel-4471")
    file = shared / "bad_inputs" / "20_external_entity.xlsx"
    done = subprocess.run(
        [sys.executable, str(ADAPTER), str(file)], capture_output=True, text=True, cwd=tmp_path, check=True
    )
    assert "kestrel" not in done.stdout + done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["outcome"] == "refuse"
