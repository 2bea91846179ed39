"""Which browser drives the journeys; `.ci/setup browser` looks in the same places, or fetches one."""

import os
import shutil
from pathlib import Path

NAMES = (
    "google-chrome",
    "google-chrome-stable",
    "chromium",
    "chromium-browser",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
"""A browser that asks nobody for anything by itself, also as root in a container."""


def installed() -> str | None:
    """The path of an installed Chrome or Chromium; None: use the one that Playwright fetched."""
    named = os.environ.get("ROI_BROWSER")
    for name in (named, *NAMES) if named else NAMES:
        path = shutil.which(name)
        if path is not None:
            return str(Path(path))
    return None
