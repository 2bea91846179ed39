"""What is said where the machine's clock stands before what was recorded already."""

from datetime import datetime

from roi.story import words


def behind(last: datetime) -> str:
    """The warning, with the moment of the latest change and what to do."""
    return (
        f"This machine's clock stands before the last change, which was recorded on {words.moment(last)}. "
        "Changes keep their order by their numbers, but days that are due would be told wrong: set the clock."
    )
