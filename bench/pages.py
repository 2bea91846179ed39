"""Server processor time of each page over a websocket, beside Streamlit with one chart; and many at once.

The clients speak Streamlit's protocol: one message asks for a run of a page, the server answers until it has
finished. One session runs a page first, then for periods that nobody has asked for yet, then for those again.
"""

import asyncio
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple
from urllib.error import URLError
from urllib.request import urlopen

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from bench import work
from bench.company import FIRST, SCALES, Scale
from roi.domain.periods import add_months, iso_month

ROOT = Path(__file__).resolve().parents[1]
PAGES = {
    "portfolio": ("", ""),
    "teams": ("teams", ""),
    "team": ("team", "team=team-1"),
    "outcomes": ("outcomes", ""),
    "initiative": ("initiative", "initiative=initiative-4"),
    "epic": ("epic", "epic=epic-4"),
    "data": ("data", ""),
    "method": ("method", ""),
    "start": ("start", ""),
    "trace of cost": ("trace", "figure=full_cost&team=team-1"),
    "trace of value": ("trace", "figure=confirmed_cash"),
    "trace of return": ("trace", "figure=return_per_unit"),
}
"""Every page of the product: its name here, in the address, and what the address adds."""
SEEN = ("portfolio", "teams", "outcomes", "data", "method")
"""What people look at one after the other."""
FIRST_BUDGET, CHANGE_BUDGET = 4.5, 3.0
ROUNDS, CHANGES, SESSIONS, SECONDS, THINK = 4, 3, (1, 8, 50), 20.0, 10.0
QUIET, LONGEST = 4, 600
"""Seconds that a server rests before it counts as left alone, and how long it may take to get there."""
_TICKS = os.sysconf("SC_CLK_TCK")


class Server(NamedTuple):
    """A server that is measured."""

    process: subprocess.Popen[bytes]
    port: int

    def cpu(self) -> float:
        """Its processor seconds so far (Linux)."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICKS


def start(command: list[str], port: int, database: Path) -> Server:
    """Start it and wait until it answers."""
    environment = {**os.environ, "ROI_DATABASE": str(database), "ROI_COMPANY": "own"}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=environment, **quiet)
    limit = time.monotonic() + 300
    while time.monotonic() < limit and process.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{port}/_stcore/health", timeout=2) as reply:
                if reply.status == 200:
                    return Server(process, port)
        except (URLError, OSError):
            time.sleep(0.2)
    process.kill()
    message = "a server did not start"
    raise RuntimeError(message)


async def run(socket: ClientConnection, page: str, query: str = "") -> float:
    """Ask for a run of a page; the seconds until the server said that it has finished."""
    asked = BackMsg()
    asked.rerun_script.page_name = page
    asked.rerun_script.query_string = query
    began = time.monotonic()
    await socket.send(asked.SerializeToString())
    async for message in socket:
        told = ForwardMsg.FromString(message)
        if told.WhichOneof("type") == "script_finished":
            return time.monotonic() - began
    return time.monotonic() - began


def session(server: Server) -> connect:
    """A session of its own."""
    address = f"127.0.0.1:{server.port}"
    return connect(
        f"ws://{address}/_stcore/stream",
        subprotocols=["streamlit"],
        origin=f"http://{address}",
        max_size=None,
    )


class Taken(NamedTuple):
    """Processor seconds: the first run, a change to a period nobody asked for yet, and to it again."""

    first: float
    fresh: float
    again: float


OFFERED = (1, 3, 12)
"""Runs of so many months the scope bar offers, and so the served form may have prepared them."""


def not_offered(scale: Scale) -> Iterator[str]:
    """Periods that all differ and nobody prepared: runs of two months from the last back, then of four."""
    months = [add_months(FIRST, number) for number in range(scale.months)]
    for length in (one for one in range(2, scale.months) if one not in OFFERED):
        for last in range(scale.months - 1, length - 2, -1):
            yield f"period={iso_month(months[last - length + 1])}..{iso_month(months[last])}"


async def left_alone(server: Server) -> None:
    """Wait until it has rested for some seconds."""
    until, still, before = time.monotonic() + LONGEST, 0, server.cpu()
    while still < QUIET and time.monotonic() < until:
        await asyncio.sleep(1)
        now = server.cpu()
        still, before = (still + 1 if now - before < 0.03 else 0), now


async def page(server: Server, address: tuple[str, str], periods: list[str]) -> Taken:
    """One session: its first run, each period, each period once more."""
    name, query = address
    async with session(server) as socket:
        marks = [server.cpu()]
        await run(socket, name, query)
        marks.append(server.cpu())
        for _ in range(2):
            for period in periods:
                await run(socket, name, joined(query, period))
            marks.append(server.cpu())
    first, *changes = (after - before for before, after in pairwise(marks))
    return Taken(first, *(seconds / len(periods) for seconds in changes))


def joined(*queries: str) -> str:
    """One query of several."""
    return "&".join(filter(None, queries))


async def _user(server: Server, chance: random.Random, until: float) -> list[float]:
    """One session that looks at one page after the other, and thinks in between."""
    waits = []
    async with session(server) as socket:
        await asyncio.sleep(chance.uniform(0, THINK / 2))
        while time.monotonic() < until:
            waits.append(await run(socket, *PAGES[chance.choice(SEEN)]))
            await asyncio.sleep(chance.expovariate(1 / THINK))
    return waits


async def _crowd(server: Server, count: int) -> tuple[int, float, float, float]:
    """Runs, processor seconds a run, and median and 95th percentile of the wait."""
    chances, until, before = random.Random(count), time.monotonic() + SECONDS, server.cpu()
    users = [_user(server, random.Random(chances.random()), until) for _ in range(count)]
    waits = sorted(wait for found in await asyncio.gather(*users) for wait in found)
    slow = quantiles(waits, n=20)[-1] if len(waits) > 1 else waits[0]
    return len(waits), (server.cpu() - before) / len(waits), median(waits), slow


def measure(name: str, out: Path) -> bool:
    """Serve a company of this scale, measure and print; whether the budgets are kept."""
    scale = SCALES[name]
    with tempfile.TemporaryDirectory(dir=out) as folder:
        database = work.make(folder, scale)
        print(f"{name}: pages of {scale.teams:,} teams, {scale.lines:,} lines, {work.told(scale)}")
        return _served(database, not_offered(scale))


FLOOR = "-m streamlit run bench/one_chart.py --server.port 8731 --server.headless true".split()
"""Streamlit with one chart."""


def _served(database: Path, periods: Iterator[str]) -> bool:
    servers = [start(["-m", "roi.ui.served", "--port", "8730"], 8730, database)]
    try:
        servers.append(start(FLOOR, 8731, database))
        return asyncio.run(_measure(*servers, periods))
    finally:
        stop(servers)


def stop(servers: Iterable[Server]) -> None:
    """End them, and wait until they have."""
    for server in servers:
        server.process.terminate()
        server.process.wait(30)


async def _measure(ours: Server, floor: Server, periods: Iterator[str]) -> bool:
    least, found = [], {page: [] for page in PAGES}
    await left_alone(ours)
    for _ in range(ROUNDS):
        least.append(await page(floor, ("", ""), [""] * CHANGES))
        for name, address in PAGES.items():
            found[name].append(await page(ours, address, list(islice(periods, CHANGES))))
    base = _usual(least)
    change = max(median((base.fresh, base.again)), 0.01)
    print(f"  one chart: first run {base.first * 1000:.0f} ms CPU, again {change * 1000:.0f} ms")
    kept = [_page_told(page, _usual(taken), (base.first, change)) for page, taken in found.items()]
    for count in SESSIONS:
        runs, seconds, usual, slow = await _crowd(ours, count)
        print(f"  {count} sessions: {runs} runs, {seconds * 1000:.0f} ms CPU each, ", end="")
        print(f"wait {usual * 1000:.0f} ms, 95 of 100 within {slow * 1000:.0f} ms")
    print(f"  budgets: first run {FIRST_BUDGET} times, another period {CHANGE_BUDGET} times the one chart")
    return all(kept)


def _usual(taken: list[Taken]) -> Taken:
    """The medians; the very first round pays for imports and is no page's."""
    return Taken(*(median(column) for column in zip(*taken[1:], strict=True)))


def _page_told(page: str, taken: Taken, base: tuple[float, float]) -> bool:
    """Print one page beside the one chart; whether it keeps the budgets."""
    first, fresh, again = taken.first / base[0], taken.fresh / base[1], taken.again / base[1]
    print(f"  {page}: first run {taken.first * 1000:.0f} ms, {first:.1f} times; ", end="")
    print(f"a period not asked for before {taken.fresh * 1000:.0f} ms, {fresh:.1f} times; ", end="")
    print(f"one asked for before {taken.again * 1000:.0f} ms, {again:.1f} times")
    return first <= FIRST_BUDGET and fresh <= CHANGE_BUDGET
