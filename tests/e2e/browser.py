"""Which browser drives the journeys; `.ci/setup browser` looks in the same places, or fetches one.

All journeys of a process share it, and its tab: another one would read all of the dashboard's own files anew.
"""

import os
import shutil
from contextlib import ExitStack
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

WAIT = 60_000
"""Milliseconds after which nothing more is waited for."""

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


class Tabs:
    """One browser, started when it is asked for; the tab that a journey is done with serves the next."""

    def __init__(self) -> None:
        self._open = ExitStack()
        self._browser: Browser | None = None
        self._spare: list[Page] = []

    def first(self) -> Page:
        """A tab that holds nothing of whoever had it before."""
        return self._spare.pop() if self._spare else self.another()

    def another(self) -> Page:
        """A tab of its own profile, which shares nothing with any other."""
        context = self._started().new_context(reduced_motion="reduce")
        context.set_default_timeout(WAIT)
        return context.new_page()

    def give_back(self, page: Page) -> None:
        """Everything that a page may have left behind is gone; its own handlers are whoever's set them."""
        if page.url.startswith("http"):
            page.evaluate("localStorage.clear(), sessionStorage.clear()")
        page.unroute_all(behavior="ignoreErrors")
        page.goto("about:blank")
        page.emulate_media(media="null")
        page.context.clear_cookies()
        self._spare.append(page)

    def close(self) -> None:
        """End the browser; the next that asks for a tab starts another."""
        self._open.close()
        self._browser, self._spare = None, []

    def _started(self) -> Browser:
        if self._browser is None:
            playwright = self._open.enter_context(sync_playwright())
            self._browser = playwright.chromium.launch(executable_path=installed(), args=list(ARGUMENTS))
            self._open.callback(self._browser.close)
        return self._browser
