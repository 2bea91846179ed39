"""Carries out an import in a thread of its own, so that no click in the page can stop it half-way.

Streamlit stops a script by raising inside whatever it calls; the thread calls nothing of Streamlit
(reliability note F2). The page only looks at how far it is.
"""

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from roi.commands.changing.requests import CostImport, Preview, Receipt
from roi.errors import ClosedMonthError, Issue, RefusedError, RoiError
from roi.ui import quiet
from roi.ui.upload.draft import Outcome

_LOG = logging.getLogger("roi.ui")

Tell = Callable[[str, float], None]
Import = Callable[[CostImport, Tell], Receipt]


@dataclass(frozen=True, slots=True)
class Job:
    """One file to import, with what its preview said."""

    request: CostImport
    preview: Preview | None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the import is: files done of all, the file at work, its rows and phase, share of the whole."""

    done: int
    files: int
    file_name: str
    phase: str
    share: float
    rows: int | None = None


class ImportRun:
    """Files imported one after the other; the first that is refused stops the rest (decision D20)."""

    def __init__(self, jobs: Sequence[Job], carry_out: Import, afterwards: Callable[[], None]) -> None:
        """Begin at once. `afterwards` runs when every file was imported."""
        self._jobs = tuple(jobs)
        self._carry_out = carry_out
        self._afterwards = afterwards
        self._lock = threading.Lock()
        self._outcomes: list[Outcome] = []
        self._at = ("", 0.0)
        self._stop = threading.Event()
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._work, name="cost import", daemon=False)
        self._thread.start()

    def wait(self, seconds: float) -> bool:
        """Wait at most so long; whether it is over."""
        return self._over.wait(seconds)

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen."""
        return self._over.is_set()

    def stop(self) -> None:
        """Import no further file; the one at work is finished or rolled back as a whole."""
        self._stop.set()

    @property
    def progress(self) -> Progress:
        """How far it is now."""
        with self._lock:
            done, (phase, share) = len(self._outcomes), self._at
        files = len(self._jobs)
        job = self._jobs[min(done, files - 1)] if files else None
        name, preview = (job.request.name, job.preview) if job else ("", None)
        whole = min(1.0, (done + share) / max(files, 1))
        return Progress(done, files, name, phase, whole, preview.rows if preview else None)

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """What became of the files whose turn has come."""
        with self._lock:
            return tuple(self._outcomes)

    def _work(self) -> None:
        try:
            with quiet.busy():
                self._all()
        except RoiError as error:
            self._add(Outcome("", problem=_said(error)))
        finally:
            self._over.set()

    def _all(self) -> None:
        for job in self._jobs:
            if self._stop.is_set() or not self._one(job):
                return
        self._afterwards()

    def _one(self, job: Job) -> bool:
        outcome = self._try(job)
        self._add(outcome)
        return outcome.receipt is not None

    def _add(self, outcome: Outcome) -> None:
        with self._lock:
            self._outcomes.append(outcome)
            self._at = ("", 0.0)

    def _try(self, job: Job) -> Outcome:
        name = job.request.name
        try:
            return Outcome(name, job.preview, self._carry_out(job.request, self._tell))
        except ClosedMonthError as error:
            return Outcome(name, job.preview, problem=_said(error), is_closed=True)
        except RoiError as error:
            issues: tuple[Issue, ...] = error.issues if isinstance(error, RefusedError) else ()
            return Outcome(name, job.preview, problem=_said(error), issues=issues)
        except Exception:  # noqa: BLE001 - a thread has no caller: logged here, said on the page
            _LOG.exception("import of a cost file failed")
            return Outcome(
                name,
                job.preview,
                problem="The import failed for a reason of ours; it was rolled back. Nothing was changed.",
            )

    def _tell(self, phase: str, share: float) -> None:
        with self._lock:
            self._at = (phase, share)


def _said(error: RoiError) -> str:
    """What happened and what is safe, once."""
    text = str(error)
    return text if text.endswith(error.safe) else f"{text} {error.safe}"
