"""Reading an export that stands in the test."""

from collections.abc import Callable

import pytest

from roi.ingest.tracker import exported
from roi.ingest.tracker.shapes import Answers, Reading

Read = Callable[..., Reading]


@pytest.fixture
def read() -> Read:
    """Reads bytes, or text as UTF-8, as a file called issues.csv; what is said about it as keywords."""

    def read_it(content: bytes | str, **answers: object) -> Reading:
        data = content.encode() if isinstance(content, str) else content
        return exported.read(data, "issues.csv", Answers(**answers))

    return read_it


@pytest.fixture
def codes() -> Callable[[Reading], dict[str, list[int]]]:
    """The codes of what was said, with the lines it was said of."""

    def codes_of(found: Reading) -> dict[str, list[int]]:
        return {
            issue.code: list(issue.lines or ([issue.line] if issue.line else [])) for issue in found.issues
        }

    return codes_of
