"""The one audited place where our own HTML and SVG goes into the page, with its clicks.

`st.html` takes inline SVG out, so tables and strips that draw go through this component. It is given
`Html` only, which `roi.charts.markup` has escaped. A click comes back as the address or the figure that
stands on the element and is checked against the known pages and figures before it is followed.
"""

from collections.abc import Callable
from urllib.parse import parse_qsl

import streamlit as st

from roi.charts.markup import Html
from roi.domain.figures import REGISTRY
from roi.ui import links

KEYS = ("team", "outcome", "epic", "initiative", "part", "stream", "product")
"""What a figure may belong to besides the scope."""

# What Streamlit opens beside its app element (drawer, menus) takes the theme of the app, not the system's.
_JS = """
function followTheme() {
  const app = document.querySelector(".stApp");
  if (app) document.documentElement.style.colorScheme = getComputedStyle(app).colorScheme;
}
export default function ({ data, parentElement, setTriggerValue }) {
  followTheme();
  let root = parentElement.querySelector(":scope > .roi-markup");
  if (!root) {
    root = document.createElement("div");
    root.className = "roi-markup";
    parentElement.appendChild(root);
  }
  if (root.shown !== data) {
    root.innerHTML = data;
    root.shown = data;
  }
  root.onclick = (event) => {
    const known = event.target.closest("[data-know]");
    if (known) {
      followTheme();
      setTriggerValue("act", "know:" + known.dataset.know);
      return;
    }
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button) return;
    const going = event.target.closest("[data-go]");
    if (!going || (going.tagName !== "A" && String(window.getSelection()))) return;
    event.preventDefault();
    setTriggerValue("act", "go:" + going.dataset.go);
  };
}
"""

# A press on the navigation's link of the page that is open: Streamlit keeps the address, and so its view.
_LEAVE_JS = """
export default function ({ parentElement, setTriggerValue }) {
  if (parentElement.leave) document.removeEventListener("click", parentElement.leave, true);
  parentElement.leave = (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button) return;
    const link = event.target.closest("[data-testid=stSidebarNavLink]");
    const plain = (path) => path.replace(/\\/+$/, "");
    if (!link || plain(new URL(link.href).pathname) !== plain(window.location.pathname)) return;
    event.preventDefault();
    event.stopPropagation();
    setTriggerValue("act", "leave");
  };
  document.addEventListener("click", parentElement.leave, true);
  return () => document.removeEventListener("click", parentElement.leave, true);
}
"""

_opens: dict[str, Callable[..., None]] = {}
"""What a click on a number opens: the drawer, which stands above this module, is told at the door."""

_mount_leave = st.components.v2.component("roi_leave", js=_LEAVE_JS, isolate_styles=False)
_mount = st.components.v2.component("roi_markup", js=_JS, isolate_styles=False)


def opens_with(drawer: Callable[..., None]) -> None:
    """Say what a click on a number opens: a function of the figure's id and of what it belongs to."""
    _opens["number"] = drawer


def markup(html: Html, key: str) -> None:
    """Place markup; a click on a link changes page in this session, a click on a number opens its drawer."""
    result = _mount(data=_only_html(html), key=key, on_act_change=_nothing)
    act = getattr(result, "act", None)
    if isinstance(act, str):
        kind, _, rest = act.partition(":")
        _follow(kind, rest)


def is_left(key: str) -> bool:
    """Whether the navigation's link of the page that is open was pressed: it leads out of the page's view."""
    result = _mount_leave(data="", key=key, on_act_change=_nothing)
    return getattr(result, "act", None) == "leave"


def _only_html(html: Html) -> str:
    if not isinstance(html, Html):
        message = f"only Html may be placed, not {type(html).__name__}"  # type: ignore[unreachable]
        raise TypeError(message)
    return str(html)


def _nothing() -> None:
    """A trigger is declared by its callback; the value is read where the component is mounted."""


def _follow(kind: str, rest: str) -> None:
    if kind == "go":
        links.follow(rest)
    figure_id, _, where = rest.partition(" ")
    if kind == "know" and figure_id in REGISTRY:
        _opens["number"](figure_id, **{name: value for name, value in parse_qsl(where) if name in KEYS})
