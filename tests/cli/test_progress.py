"""A long command says how far it is on a terminal, and on a terminal only."""

import io
import threading

import pytest

from roi.cli import progress


class Terminal(io.StringIO):
    """A terminal that remembers what was written, and says when something was."""

    def __init__(self, *, is_a_tty=True):
        super().__init__()
        self.written, self.is_a_tty = threading.Event(), is_a_tty

    def isatty(self):
        return self.is_a_tty

    def write(self, text):
        self.written.set()
        return super().write(text)


def test_what_takes_long_is_told_with_its_latest_phase_and_then_gone():
    terminal = Terminal()
    with progress.shown("costs.csv", terminal, seconds=0.01) as tell:
        tell("reading", 0.05)
        assert terminal.written.wait(10)
        tell("checking", 0.3)
    assert "costs.csv: reading, 5%" in terminal.getvalue()
    assert "costs.csv: checking, 30%" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r\x1b[K")


@pytest.mark.parametrize(("is_a_tty", "seconds"), [(True, 60), (False, 0)])
def test_what_is_soon_done_and_what_no_terminal_shows_is_silent(is_a_tty, seconds):
    terminal = Terminal(is_a_tty=is_a_tty)
    with progress.shown("costs.csv", terminal, seconds=seconds) as tell:
        tell("reading", 0.5)
    assert terminal.getvalue() == ""


def test_the_line_is_gone_also_when_the_command_fails():
    terminal = Terminal()

    def fail():
        with progress.shown("costs.csv", terminal, seconds=0) as tell:
            tell("storing", 0.6)
            assert terminal.written.wait(10)
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert terminal.getvalue().endswith("\r\x1b[K")
