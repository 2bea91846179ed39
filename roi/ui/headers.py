"""What every answer of the served form says to the browser, and what it does not answer at all (S3, S5)."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import streamlit
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

POLICY = {
    "default-src": "'self'",
    # Streamlit writes one script into its page, and the graphic table's own (decision D28) is a blob.
    "script-src": "'self' 'unsafe-inline' blob:",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
"""Only this server's own files: markup that got into a page by mistake can load and send nothing."""

HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in POLICY.items()),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

_FILES = Path(streamlit.__file__).parent / "static" / "static" / "js"
_CHARTS = "PlotlyChart.*.js"
WITH_CHARTS = frozenset({"", "team", "epic", "outcomes"})
"""Pages that draw charts: their browser may fetch what draws them, 5 MB, while the page is still made."""

_CLOSED = ("/_stcore/metrics", "/_stcore/agent")
_NOT_KEPT = ("/media/", "/healthz")


class Guarded:
    """Adds the headers to every answer; an unknown host and a closed door get none of the application's."""

    def __init__(self, app: ASGIApp) -> None:
        """Stand in front of the application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = str(scope["path"])

        async def _send_dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                _dress(MutableHeaders(scope=message), path)
            await send(message)

        await (_refusal(scope, path) or self.app)(scope, receive, _send_dressed)


def _dress(headers: MutableHeaders, path: str) -> None:
    for name, value in HEADERS.items():
        headers[name] = value
    if any(part in path for part in _NOT_KEPT):
        headers["Cache-Control"] = "no-store"
    name = charts()
    if name and path.rpartition("/")[2] in WITH_CHARTS and "text/html" in headers.get("content-type", ""):
        headers["Link"] = f"<./static/js/{name}>; rel=modulepreload; crossorigin=anonymous"


@cache
def charts() -> str:
    """The file of Streamlit that draws charts, as this version names it; empty when there is none."""
    return next((path.name for path in _FILES.glob(_CHARTS)), "")


def _refusal(scope: Scope, path: str) -> ASGIApp | None:
    """Another host's name is a page elsewhere that borrows this address (DNS rebinding)."""
    if not is_host_allowed(Headers(scope=scope).get("host")):
        return PlainTextResponse("This address is not known here.", 421)
    if any(closed in path for closed in _CLOSED):
        return PlainTextResponse("There is nothing here.", 404)
    return None
