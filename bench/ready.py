"""The pages of a company with many outcomes as their first visitor meets them.

Reports of 20,000 outcomes take seconds. The served form prepares those of the hot pages and usual periods
once it is left alone; what is measured is what a visitor then waits for, beside Streamlit with one chart.
"""

import asyncio
import signal
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import mean, median
from typing import NamedTuple

from bench import pages, work
from bench.company import FIRST, SCALES, Scale
from bench.pages import CHANGE_BUDGET, CHANGES, FIRST_BUDGET, ROUNDS, Server
from roi.domain.periods import add_months, iso_month


class Met(NamedTuple):
    """Processor seconds of a page: its first run, and the mean of the usual periods."""

    first: float
    usual: float


def measure(out: Path) -> bool:
    """Serve the middle company with its work, measure and print; whether the budgets are kept."""
    scale = SCALES["medium"]
    with tempfile.TemporaryDirectory(dir=out) as folder:
        database = work.make(folder, scale)
        print(f"medium: pages of {work.told(scale)}, once left alone")
        servers = [pages.start(["-m", "bench.served", "--port", "8732"], 8732, database)]
        try:
            servers.append(pages.start(pages.FLOOR, 8731, database))
            return asyncio.run(_measured(*servers, _usual(scale)))
        finally:
            pages.stop(servers)


def _usual(scale: Scale) -> list[str]:
    """The latest quarter and month, and all months, as the address names them."""
    last = scale.last_month
    firsts = (add_months(last, -2), last, FIRST)
    return [f"period={iso_month(first)}..{iso_month(last)}" for first in firsts]


async def _measured(ours: Server, floor: Server, periods: Sequence[str]) -> bool:
    taken = [await pages.page(floor, ("", ""), [""] * CHANGES) for _ in range(ROUNDS)]
    base = Met(median(one.first for one in taken[1:]), max(median(one.again for one in taken[1:]), 0.01))
    kept: list[bool] = []
    for when in ("after the start", "after one reading"):
        if when != "after the start":
            ours.process.send_signal(signal.SIGUSR1)
        before, began = ours.cpu(), time.monotonic()
        await pages.left_alone(ours)
        took = ours.cpu() - before
        print(
            f"  {when}: prepared with {took:.1f} s CPU, within {time.monotonic() - began - pages.QUIET:.0f} s"
        )
        for name, address in pages.PAGES.items():
            kept.append(_told(name, await _met(ours, address, periods), base))
    print(f"  memory of the server {_memory(ours):.0f} MB; ", end="")
    print(f"budgets: first run {FIRST_BUDGET} times, a usual period {CHANGE_BUDGET} times the one chart")
    return all(kept)


async def _met(server: Server, address: tuple[str, str], periods: Sequence[str]) -> Met:
    """One session: the first run of a page, and each usual period."""
    name, query = address
    async with pages.session(server) as socket:
        before = server.cpu()
        await pages.run(socket, name, query)
        first, taken = server.cpu() - before, []
        for period in periods:
            before = server.cpu()
            await pages.run(socket, name, pages.joined(query, period))
            taken.append(server.cpu() - before)
    return Met(first, mean(taken))


def _told(name: str, met: Met, base: Met) -> bool:
    first, usual = met.first / base.first, met.usual / base.usual
    print(f"    {name}: first run {met.first * 1000:.0f} ms, {first:.1f} times; ", end="")
    print(f"a usual period {met.usual * 1000:.0f} ms, {usual:.1f} times")
    return first <= FIRST_BUDGET and usual <= CHANGE_BUDGET


def _memory(server: Server) -> float:
    """Resident memory in MB (Linux)."""
    lines = Path(f"/proc/{server.process.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024
