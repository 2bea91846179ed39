"""The served form as it is, and one thing more: on SIGUSR1 somebody reads one outcome, as on its page.

Only the process that serves can write to the database; a form is not filled in over the protocol alone.
"""

import signal
import sys
import threading
from types import FrameType

from bench import values, work
from bench.company import SCALES
from roi.ui import quiet, served, session


def read_one() -> None:
    """Record one reading in the database that is served."""
    with quiet.busy():
        values.read_one(session.first_store(), work.last_day(SCALES["medium"]))


def _asked(_number: int, _frame: FrameType | None) -> None:
    threading.Thread(target=read_one, name="a reading").start()


if __name__ == "__main__":
    signal.signal(signal.SIGUSR1, _asked)
    sys.exit(served.main(sys.argv[1:]))
