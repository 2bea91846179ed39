"""The served form of the dashboard: one process that is warm before its first visitor, behind closed doors.

`streamlit run dashboard.py` stays the plain way; this one adds headers, a health route, and the preload.
"""

import argparse
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from roi.errors import RoiError
from roi.ui import preload, prepared, safety, session
from roi.ui.headers import Guarded

HEALTH = "/healthz"
_DOOR = Path(__file__).resolve().parents[2] / "dashboard.py"


def health(_request: Request) -> JSONResponse:
    """Whether the data can be read right now; nothing of what is in it."""
    try:
        is_readable = session.first_store().version >= 0
    except RoiError:
        is_readable = False
    said = {"status": "ok" if is_readable else "the data cannot be read"}
    return JSONResponse(said, 200 if is_readable else 503)


@asynccontextmanager
async def _life(_app: st.App) -> AsyncIterator[dict[str, Any] | None]:
    """Warm before the first request is taken; the database is closed when the last one is answered."""
    await run_in_threadpool(preload.code)
    await run_in_threadpool(preload.answers)
    preload.settle()
    worker = prepared.Worker()
    worker.start()
    try:
        yield None
    finally:
        await run_in_threadpool(worker.close)
        session.close()


def application() -> st.App:
    """The dashboard with its routes and headers; one to a process."""
    routes, guard = [Route(HEALTH, health)], [Middleware(Guarded)]
    return st.App(_DOOR, lifespan=_life, routes=routes, middleware=guard)


def main(arguments: Sequence[str]) -> int:
    """Serve until stopped. Exit status 1, and why: unsafe settings, or data that cannot be opened.

    Settings come from `.streamlit/config.toml` and from these arguments, not from the environment.
    """
    app, config = application(), settings(arguments)
    if refused := safety.unsafe(config) or _unreadable():
        print("Not started.", *refused, sep="\n", file=sys.stderr)  # noqa: T201 - the terminal is its screen
        return 1
    app.run(config=config)
    return 0


def settings(arguments: Sequence[str]) -> dict[str, Any]:
    """The settings of the service, with what its arguments ask for."""
    parser = argparse.ArgumentParser(prog="python -m roi.ui.served", description="Serve the dashboard.")
    parser.add_argument("--port", type=int, help="where it listens on this machine (8501)")
    about = "a name by which a proxy on this machine is reached; may be given more than once"
    parser.add_argument("--host", action="append", default=[], metavar="NAME", help=about)
    asked = parser.parse_args(arguments)
    # Nobody edits the program under a service, and watching all its files costs every new session 0.1 s.
    found: dict[str, Any] = {"server.fileWatcherType": "none"}
    if asked.port:
        found["server.port"] = asked.port
    if asked.host:
        found["server.allowedHosts"] = [*st.get_option("server.allowedHosts"), *asked.host]
    return found


def _unreadable() -> tuple[str, ...]:
    """Why the data cannot be opened: held by another process, damaged, newer, or open to others."""
    try:
        session.first_store()
    except RoiError as error:
        return (str(error), error.safe)
    return ()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
