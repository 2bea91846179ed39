"""D15: the secret under which person keys are hashed is there whole, or not at all."""

import resource
import signal

import pytest

from roi.store import secrets
from tests.kept_company import NAME


def test_d15_a_secret_that_a_full_disk_cut_off_is_made_anew_and_one_that_is_there_stays(tmp_path):
    """By half, or empty, it would be kept for ever, and could be guessed."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (10, before[0][1]))
        with pytest.raises(OSError, match="too large"):
            secrets.person_secret(tmp_path / NAME)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before[0])
        signal.signal(signal.SIGXFSZ, before[1])
    made = secrets.person_secret(tmp_path / NAME)
    assert (len(made), secrets.person_secret(tmp_path / NAME)) == (32, made)
    assert [file.name for file in tmp_path.iterdir()] == ["roi.secret"]
