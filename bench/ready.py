"""The pages of a company with many outcomes as their first visitor meets them.

Reports of 20,000 outcomes take seconds. The served form prepares those of the hot pages, and of the periods
that the scope bar offers, once it is left alone; what is measured is what a visitor then waits for, beside
Streamlit with one chart. What the bar does not offer nobody prepared (`pages.not_offered`).
"""

import asyncio
import signal
import tempfile
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from statistics import median
from typing import NamedTuple

from bench import pages, work
from bench.company import FIRST, SCALES, Scale
from bench.pages import CHANGE_BUDGET, CHANGES, FIRST_BUDGET, ROUNDS, Server
from roi.domain.periods import add_months, iso_month


class Met(NamedTuple):
    """Processor seconds of a page: its first run, and the means of usual, other offered and own periods."""

    first: float
    usual: float
    offered: float
    own: float


def measure(out: Path) -> bool:
    """Serve the middle company with its work, measure and print; whether the budgets are kept."""
    scale = SCALES["medium"]
    with tempfile.TemporaryDirectory(dir=out) as folder:
        database = work.make(folder, scale)
        print(f"medium: pages of {work.told(scale)}, once left alone")
        servers = [pages.start(["-m", "bench.served", "--port", "8732"], 8732, database)]
        try:
            servers.append(pages.start(pages.FLOOR, 8731, database))
            return asyncio.run(
                _measured(*servers, (_usual(scale), _offered(scale)), pages.not_offered(scale))
            )
        finally:
            pages.stop(servers)


def _usual(scale: Scale) -> list[str]:
    """The latest quarter and month, and all months, as the address names them."""
    last = scale.last_month
    firsts = (add_months(last, -2), last, FIRST)
    return [f"period={iso_month(first)}..{iso_month(last)}" for first in firsts]


def _offered(scale: Scale) -> list[str]:
    """A year, a quarter and a month long ago, which the bar offers as well."""
    first = add_months(FIRST, scale.months // 5 // 12 * 12)
    spans = ((first, 12), (add_months(first, 15), 3), (add_months(first, 26), 1))
    return [f"period={iso_month(one)}..{iso_month(add_months(one, length - 1))}" for one, length in spans]


async def _measured(
    ours: Server, floor: Server, periods: Sequence[Sequence[str]], own: Iterator[str]
) -> bool:
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
        base = await _yardstick(floor)
        for name, address in pages.PAGES.items():
            kept.append(_told(name, await _met(ours, address, (*periods, [*islice(own, CHANGES)])), base))
    print(f"  memory of the server {_memory(ours):.0f} MB; ", end="")
    print(f"budgets: first run {FIRST_BUDGET} times, a period {CHANGE_BUDGET} times the one chart")
    return all(kept)


async def _yardstick(floor: Server) -> Met:
    """Streamlit with one chart, while the server rests like the pages' own."""
    taken = [await pages.page(floor, ("", ""), [""] * CHANGES) for _ in range(ROUNDS)]
    first, again = (median(getattr(one, name) for one in taken[1:]) for name in ("first", "again"))
    print(f"    one chart: first run {first * 1000:.0f} ms CPU, again {again * 1000:.0f} ms")
    return Met(first, *[max(again, 0.01)] * 3)


async def _met(server: Server, address: tuple[str, str], periods: Sequence[Sequence[str]]) -> Met:
    """One session: the first run of a page, and each period."""
    name, query = address
    async with pages.session(server) as socket:
        before = server.cpu()
        await pages.run(socket, name, query)
        first, means = server.cpu() - before, []
        for its in periods:
            before = server.cpu()
            for period in its:
                await pages.run(socket, name, pages.joined(query, period))
            means.append((server.cpu() - before) / len(its))
    return Met(first, *means)


_NAMES = ("first run", "a usual period", "another that is offered", "one that is not")


def _told(name: str, met: Met, base: Met) -> bool:
    times = Met(*(seconds / its for seconds, its in zip(met, base, strict=True)))
    told = [
        f"{what} {one * 1000:.0f} ms, {by:.1f} times"
        for what, one, by in zip(_NAMES, met, times, strict=True)
    ]
    print(f"    {name}: {'; '.join(told)}")
    return times.first <= FIRST_BUDGET and max(times[1:]) <= CHANGE_BUDGET


def _memory(server: Server) -> float:
    """Resident memory in MB (Linux)."""
    lines = Path(f"/proc/{server.process.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024
