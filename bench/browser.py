"""First paint and whole page in Chromium, beside one static HTML page that holds the same charts.

Both are opened in turn: first in a browser that has nothing of them yet, then again. The static page stands
on a plain file server with plotly.js beside it, which is the least that charts in a browser can cost.
"""

import asyncio
import functools
import tempfile
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from statistics import median
from typing import NamedTuple

import plotly
from playwright.async_api import BrowserContext, async_playwright
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from bench import pages, work
from bench.company import SCALES
from tests.e2e.browser import ARGUMENTS, installed

ROUNDS = 5
PORT, FLOOR_PORT, WAIT = 8733, 8734, 120_000
LOOKED_AT = {"portfolio": "", "team": "team?team=team-1"}
_READY = """count => performance.getEntriesByName("first-contentful-paint").length
    && document.querySelectorAll(".js-plotly-plot .main-svg").length >= count
    && !document.querySelector('.stApp[data-test-script-state="running"]')"""
_SEEN = """() => ({
    paint: performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0,
    ready: performance.now(),
    requests: performance.getEntriesByType("resource").length + 1,
    bytes: performance.getEntriesByType("resource").reduce((sum, one) => sum + one.transferSize, 0),
})"""
_PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>The same charts</title>
<script src="plotly.min.js"></script><body><h1>The same charts</h1>{places}
<script>{drawn}</script></body></html>"""


class Seen(NamedTuple):
    """What one opening took: milliseconds until first paint and until all is drawn, requests, bytes."""

    paint: float
    ready: float
    requests: int
    bytes: int


class Quiet(SimpleHTTPRequestHandler):
    """A file server that lets the browser keep what it has, and prints nothing."""

    protocol_version = "HTTP/1.1"

    def end_headers(self) -> None:
        """Files may be kept, as those of Streamlit may."""
        self.send_header("Cache-Control", "public, max-age=31536000")
        super().end_headers()

    def log_message(self, *_about: object) -> None:
        """Nothing."""


def measure(name: str, out: Path) -> bool:
    """Serve a company of this scale and its charts alone, open both, and print; there is no budget."""
    scale = SCALES[name]
    with tempfile.TemporaryDirectory(dir=out) as folder:
        database = work.make(folder, scale)
        print(f"{name}: pages of {scale.teams:,} teams in Chromium, {ROUNDS} times in turn, medians")
        server = pages.start(["-m", "roi.ui.served", "--port", str(PORT)], PORT, database)
        try:
            asyncio.run(_measure(server, Path(folder)))
        finally:
            server.process.terminate()
            server.process.wait(30)
    return True


async def _measure(server: pages.Server, folder: Path) -> None:
    static = _serve(folder)
    try:
        for name, address in LOOKED_AT.items():
            charts = await _charts(server, address)
            _write(folder, name, charts)
            await _compare(name, address, len(charts))
    finally:
        static.shutdown()


def _serve(folder: Path) -> ThreadingHTTPServer:
    package = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
    (folder / "plotly.min.js").write_bytes(package.read_bytes())
    handler = functools.partial(Quiet, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", FLOOR_PORT), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


async def _charts(server: pages.Server, address: str) -> list[str]:
    """The charts of a page as the server sends them."""
    page, _, query = address.partition("?")
    asked = BackMsg()
    asked.rerun_script.page_name, asked.rerun_script.query_string = page, query
    found: list[str] = []
    async with pages.session(server) as socket:
        await socket.send(asked.SerializeToString())
        async for message in socket:
            told = ForwardMsg.FromString(message)
            if told.delta.new_element.HasField("plotly_chart"):
                found.append(told.delta.new_element.plotly_chart.spec)
            if told.WhichOneof("type") == "script_finished":
                return found
    return found


def _write(folder: Path, name: str, charts: list[str]) -> None:
    places = "".join(f'<div id="chart-{i}"></div>' for i in range(len(charts)))
    drawn = "".join(
        f'Plotly.newPlot("chart-{i}", {chart}, undefined, {{responsive: true}});'
        for i, chart in enumerate(charts)
    )
    (folder / f"{name}.html").write_text(_PAGE.format(places=places, drawn=drawn), encoding="utf-8")


async def _compare(name: str, address: str, charts: int) -> None:
    ways = {
        "static page": f"http://127.0.0.1:{FLOOR_PORT}/{name}.html",
        "dashboard": f"http://127.0.0.1:{PORT}/{address}",
    }
    found: dict[str, list[tuple[Seen, Seen]]] = {way: [] for way in ways}
    async with async_playwright() as play:
        for _ in range(ROUNDS):
            for way, url in ways.items():
                found[way].append(await _open(play, url, charts))
    print(f"  {name}, {charts} charts")
    base = found["static page"]
    for way, taken in found.items():
        for place, when in enumerate(("first time", "again")):
            _say(f"{way}, {when}", [one[place] for one in taken], [one[place] for one in base])


async def _open(play: object, url: str, charts: int) -> tuple[Seen, Seen]:
    """The first opening in a new browser, and the next one in the same."""
    browser = await play.chromium.launch(executable_path=installed(), args=list(ARGUMENTS))
    try:
        context = await browser.new_context(viewport={"width": 1440, "height": 900})
        return await _look(context, url, charts), await _look(context, url, charts)
    finally:
        await browser.close()


async def _look(context: BrowserContext, url: str, charts: int) -> Seen:
    page = await context.new_page()
    await page.goto(url, wait_until="commit")
    await page.wait_for_function(_READY, arg=charts, timeout=WAIT)
    seen = Seen(**await page.evaluate(_SEEN))
    await page.close()
    return seen


def _say(label: str, taken: list[Seen], base: list[Seen]) -> None:
    now = Seen(*(median(column) for column in zip(*taken, strict=True)))
    then = Seen(*(median(column) for column in zip(*base, strict=True)))
    print(f"    {label}: first paint {now.paint:.0f} ms, {now.paint / then.paint:.2f} times; ", end="")
    print(f"drawn {now.ready:.0f} ms, {now.ready / then.ready:.2f} times; ", end="")
    print(f"{now.requests:.0f} requests, {now.bytes / 1e6:.1f} MB")
