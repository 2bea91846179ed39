"""A page of the real dashboard as a test sees it: settled, watched, photographed."""

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import ConsoleMessage, Error, Page, Request, expect
from playwright.sync_api import TimeoutError as TookTooLong

from tests.e2e.browser import WAIT
from tests.e2e.server import Server

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / "test-results"
SOON = 5_000

# Streamlit asks for these under the page's own path first, and then finds them (ux.md 2).
_HARMLESS = re.compile(r"404.*/_stcore/(health|host-config)")

# Resolves when nothing on the page has changed for a moment, at the latest after some seconds.
_QUIET = """() => new Promise(done => {
    let timer = setTimeout(finish, 200);
    const watch = new MutationObserver(() => { clearTimeout(timer); timer = setTimeout(finish, 200); });
    const latest = setTimeout(finish, 8000);
    function finish() { clearTimeout(latest); watch.disconnect(); done(); }
    watch.observe(document.body, {childList: true, subtree: true, characterData: true});
})"""

# Notes whether some words were ever on the page, however short the moment.
_LISTEN = """pattern => {
    const wanted = new RegExp(pattern);
    const heard = {words: null};
    const watch = new MutationObserver(() => {
        const found = document.querySelector("[data-testid=stMain]")?.textContent.match(wanted);
        if (found) { heard.words = found[0]; watch.disconnect(); }
    });
    watch.observe(document.body, {childList: true, subtree: true, characterData: true});
    window.heard = heard;
}"""

# Each visible text with its contrast (WCAG formula) against the nearest background that is not clear.
_PALE = """(where) => {
    const parts = color => (color.match(/[\\d.]+/g) || []).map(Number);
    const light = ([r, g, b]) => [r, g, b].map(c => c / 255)
        .map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
        .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
    const behind = element => {
        for (let e = element; e; e = e.parentElement) {
            const color = parts(getComputedStyle(e).backgroundColor);
            if (color.length === 3 || color[3] === 1) return color;
        }
        return [255, 255, 255];
    };
    const found = [];
    for (const element of document.querySelector(where).querySelectorAll("*")) {
        const own = [...element.childNodes].filter(node => node.nodeType === 3);
        const text = own.map(node => node.data.trim()).join(" ").trim();
        if (!text || !element.checkVisibility({opacityProperty: true})) continue;
        // What a slider stands at is written above its thumb, whose colour it takes, on the page's ground.
        if (element.closest("[disabled], svg, .unseen, [data-testid=stSliderThumbValue]")) continue;
        const [one, two] = [light(parts(getComputedStyle(element).color)), light(behind(element))];
        const ratio = (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
        if (ratio < 4.5) found.push([ratio, text.slice(0, 60)]);
    }
    return found;
}"""


# Every rule, or those that are named; of the elements that pass or that nobody can judge none is told.
_VIOLATIONS = """async (rules) => {
    const found = await axe.run({resultTypes: ["violations"], ...(rules.length ? {runOnly: rules} : {})});
    return found.violations;
}"""


# Another address of the same tab, as Back and Forward of the browser give it.
_GO = """address => {
    history.pushState({}, "", `/${address}`);
    window.dispatchEvent(new PopStateEvent("popstate", {state: {}}));
}"""

# A colour that still changes, as on a button after a change of theme, is the one that it will be.
_ARRIVE = """() => {
    for (const animation of document.getAnimations())
        if (animation instanceof CSSTransition) animation.finish();
}"""


@dataclass
class Watch:
    """What went over the wire and onto the console."""

    outside: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def start(self, page: Page) -> None:
        """Watch a page from now on."""
        page.on("request", self.request)
        page.on("console", self.console)
        page.on("pageerror", self.failure)

    def stop(self, page: Page) -> None:
        """What the page does from now on is somebody else's."""
        page.remove_listener("request", self.request)
        page.remove_listener("console", self.console)
        page.remove_listener("pageerror", self.failure)

    def failure(self, error: Error) -> None:
        """Note what nothing on the page caught."""
        self.errors.append(str(error))

    def request(self, request: Request) -> None:
        """Note a request that is not to this machine."""
        host = urlsplit(request.url).hostname
        if host not in {"127.0.0.1", "localhost", None}:
            self.outside.append(request.url)

    def console(self, message: ConsoleMessage) -> None:
        """Note an error of the console."""
        told = f"{message.text} {message.location.get('url', '')}"
        if message.type == "error" and not _HARMLESS.search(told):
            self.errors.append(told)


@dataclass
class Screen:
    """One browser page on one server."""

    page: Page
    server: Server
    watch: Watch

    def open(self, address: str = "") -> None:
        """Load an address from scratch."""
        self.page.goto(f"{self.server.url}/{address}")
        self.settle()

    def go(self, address: str) -> None:
        """An address in the session that is open, as Back and Forward come to it; else load it.

        To load an address from scratch costs the browser three times as much: it runs all of the
        dashboard's own files anew.
        """
        if not self.page.url.startswith(self.server.url):
            self.open(address)
            return
        self.page.evaluate(_GO, address)
        self.settle()

    def settle(self) -> None:
        """Wait until the script has run and nothing more is drawn."""
        app = self.page.get_by_test_id("stApp")
        expect(app).to_have_attribute("data-test-connection-state", "CONNECTED", timeout=WAIT)
        self.page.evaluate(_QUIET)
        expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=WAIT)
        expect(self.page.locator("[data-stale=true]")).to_have_count(0, timeout=WAIT)
        self.page.evaluate(_QUIET)
        expect(self.page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=WAIT)
        charts = self.page.get_by_test_id("stPlotlyChart")
        expect(charts.filter(has_not=self.page.locator("svg.main-svg"))).to_have_count(0, timeout=WAIT)

    @property
    def title(self) -> str:
        """The page's one claim."""
        return self.page.locator("h1").first.inner_text()

    @property
    def text(self) -> str:
        """Everything that can be read."""
        return self.page.get_by_test_id("stApp").inner_text()

    @property
    def address(self) -> str:
        """Path and query of where the browser is."""
        parts = urlsplit(self.page.url)
        return parts.path.lstrip("/") + (f"?{parts.query}" if parts.query else "")

    def button(self, name: str) -> None:
        """Press a button or a link that looks like one, by its words."""
        self.page.get_by_role("button", name=name).first.click()
        self.settle()

    def fill(self, label: str, text: str) -> None:
        """Type into a field and leave it."""
        field_ = self.page.get_by_label(label).first
        field_.fill(text)
        field_.press("Tab")
        self.settle()

    def choose(self, label: str, option: str) -> None:
        """Choose one of a list, by the words of both."""
        box = self.page.get_by_role("combobox", name=label).first
        box.click()
        try:
            text = self._pick(option, SOON)
        except TookTooLong:  # the list closed with a redraw, or is long and draws only what is in view
            self.settle()
            box.fill(option)
            text = self._pick(option, WAIT)
        expect(box).to_have_value(text)  # a list that moves under the mouse may hand out its neighbour
        self.settle()

    def _pick(self, option: str, limit: int) -> str:
        """Take one of an open list, within so many milliseconds; answers how it is written."""
        wanted = self.page.get_by_role("option", name=option).first
        wanted.wait_for(timeout=limit)
        text = wanted.inner_text().strip()
        wanted.click(timeout=limit)
        return text

    def drop(self, files: list[Path]) -> None:
        """Drop files on the drop zone and wait until they were read."""
        self.page.locator("input[type=file]").first.set_input_files(files)
        expect(self.page.get_by_role("button", name="Continue")).to_be_enabled(timeout=WAIT)
        self.settle()

    def wait_for_title(self, words: str) -> None:
        """Wait until the page claims this."""
        expect(self.page.locator("h1").first).to_contain_text(words, timeout=2 * WAIT)
        self.settle()

    @contextmanager
    def hears(self, pattern: str) -> Iterator[None]:
        """What the block does makes the page say this, be it for a moment only."""
        self.page.evaluate(_LISTEN, pattern)
        yield
        self.page.wait_for_function("() => window.heard.words !== null")

    def photograph(self, name: str) -> None:
        """A picture of the whole page in `test-results`, where `ROI_PICTURES` is set: no check needs it."""
        if os.environ.get("ROI_PICTURES"):
            self.must_photograph(name)

    def must_photograph(self, name: str) -> None:
        """The same whoever asks: the window is made as high as the page is."""
        PICTURES.mkdir(exist_ok=True)
        path = PICTURES / f"{name}.png"
        window = self.page.viewport_size or {"width": 1440, "height": 900}
        main = self.page.get_by_test_id("stMain")
        high = main.evaluate("main => main.scrollHeight") if main.count() else window["height"]
        self.page.set_viewport_size({"width": window["width"], "height": max(window["height"], high)})
        self.page.evaluate(_QUIET)
        self.page.screenshot(path=path)
        self.page.set_viewport_size(window)

    def become(self, *, theme: str = "light", size: tuple[int, int] = (1440, 900)) -> None:
        """The page that is open, in another theme or on another window, as when its user changes them."""
        self.appear(theme=theme, size=size)
        self.settle()
        self.page.evaluate(_ARRIVE)

    def appear(self, *, theme: str, size: tuple[int, int]) -> None:
        """The same for what is opened next: nobody waits for the page that is left."""
        self.page.emulate_media(color_scheme=theme)
        self.page.set_viewport_size({"width": size[0], "height": size[1]})

    def inaccessible(self, *rules: str) -> list[str]:
        """What the accessibility checker finds serious or critical, with the elements; by these rules."""
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(AXE_SCRIPT)
        found = self.page.evaluate(_VIOLATIONS, list(rules))
        return [
            f"{rule['impact']} {rule['id']}: {node['html'][:160]}"
            for rule in found
            if rule["impact"] in {"serious", "critical"}
            for node in rule["nodes"]
        ]

    def pale(self, where: str = "[data-testid=stApp]") -> list[str]:
        """Texts whose contrast with what lies behind them is below 4.5 to 1, also where axe cannot tell."""
        found = self.page.evaluate(_PALE, where)
        return [f"{ratio:.1f}: {text}" for ratio, text in found]

    def sideways(self) -> int:
        """By how many pixels the page is wider than the window."""
        main = "document.querySelector('[data-testid=stMain]') || document.documentElement"
        page = "document.documentElement.scrollWidth - window.innerWidth"
        return int(
            self.page.evaluate(
                f"(() => {{ const m = {main}; return Math.max({page}, m.scrollWidth - m.clientWidth) }})()"
            )
        )

    def leave(self) -> None:
        """Close the tab's page, so that a server that stops is missed by nobody."""
        self.page.goto("about:blank")

    def must_be_whole(self) -> None:
        """No state of failure is shown."""
        for words in ("could not be drawn", "No figure is shown", "Traceback"):
            assert words not in self.text, f"{self.text}\n{self.server.log.read_text()[-4000:]}"
