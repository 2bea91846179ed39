"""What a page received and shows, searched for words and for amounts in every form they are written in."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from urllib.parse import urlsplit

from playwright.sync_api import WebSocket
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import connect

from tests.e2e.screen import Screen
from tests.e2e.server import Server

# 1,234.56 and 1.234,56 and 1234.56 and 1234.5; then whole minor units that stand alone.
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+\.\d\d")
_CONTINENTAL = re.compile(r"\d{1,3}(?:[. \u00a0\u202f]\d{3})+,\d\d")
_PLAIN = re.compile(r"\d+\.\d{1,2}(?!\d)")
# How an icon is drawn and what a style sheet brings along is no text of ours.
_DRAWN = re.compile(r'<style\b.*?</style>|\sd="[^"]*"', re.DOTALL)
_MINOR = re.compile(r"(?<![0-9A-Za-z.])\d{5,}(?![0-9A-Za-z]|\.\d)")


def amounts(text: str) -> set[int]:
    """Every amount in a text, in minor units, whichever way it is written."""
    found = {_minor(one.replace(",", "")) for one in _GROUPED.findall(text)}
    found |= {_minor(re.sub(r"[^\d,]", "", one).replace(",", ".")) for one in _CONTINENTAL.findall(text)}
    found |= {_minor(one) for one in _PLAIN.findall(text)}
    return found | {int(one) for one in _MINOR.findall(text) if len(one) < 16}


def _minor(written: str) -> int:
    return int(Decimal(written) * 100)


def sent(server: Server, address: str) -> str:
    """Everything that the server sends to a new session that opens an address, without a browser."""
    host = urlsplit(server.url).netloc
    page, _, query = address.partition("?")
    asked = BackMsg()
    asked.rerun_script.page_name = page
    asked.rerun_script.query_string = query
    found = []
    stream = f"ws://{host}/_stcore/stream"
    with connect(stream, subprotocols=["streamlit"], origin=f"http://{host}", max_size=None) as socket:
        socket.send(asked.SerializeToString())
        for message in socket:
            found.append(bytes(message).decode("utf-8", "replace"))
            if ForwardMsg.FromString(bytes(message)).WhichOneof("type") == "script_finished":
                return "\n".join(found)
    raise AssertionError(f"the session ended before {address} was drawn")


@dataclass
class Wire:
    """Everything that the server sent over a page's socket, and what the page made of it."""

    screen: Screen
    frames: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.screen.page.on("websocket", self._listen)

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", self._keep)

    def _keep(self, payload: str | bytes) -> None:
        text = payload if isinstance(payload, str) else payload.decode("utf-8", "replace")
        self.frames.append(text)

    def forget(self) -> None:
        """Let go of what was received so far."""
        self.frames.clear()

    def received(self) -> str:
        """The frames, the page's own markup and its text."""
        return "\n".join([*self.frames, _DRAWN.sub("", self.screen.page.content()), self.screen.text])

    def words(self, wanted: Iterable[str]) -> set[str]:
        """Which of these stand anywhere in what was received."""
        text = self.received()
        return {word for word in wanted if word in text}

    def amounts(self, wanted: set[int]) -> set[int]:
        """Which of these amounts, in minor units, stand anywhere in what was received."""
        return amounts(self.received()) & wanted
