"""HTML and SVG built from typed parts: every text is escaped here, once, and nowhere else.

`Html` is text that may stand in a page as it is; a plain `str` never is and gets escaped.
"""

import re
from functools import cache
from html import escape

_SPECIAL = re.compile(r"[&<>\"']").search
_VOID = frozenset({"br", "img", "line", "path", "circle", "rect", "polyline", "wbr"})


class Html(str):
    """Markup that this module has made; only it may be placed into a page unescaped."""

    __slots__ = ()


Child = str | None


def text(child: Child) -> Html:
    """The child as markup: escaped unless it is markup already; nothing for None."""
    if child is None:
        return Html("")
    return child if isinstance(child, Html) else Html(_safe(child))


def join(*children: Child, by: str = "") -> Html:
    """Several children one after the other."""
    return Html(by.join([_safe(child) for child in children]))


def tag(name: str, *children: Child, **attributes: str | int | float | None) -> Html:
    """One element. `class_` gives `class`, `data_go` gives `data-go`; None leaves an attribute out."""
    written = "".join(
        [
            f' {_attribute(key)}="{_safe(str(value))}"'
            for key, value in attributes.items()
            if value is not None
        ]
    )
    if name in _VOID:
        return Html(f"<{name}{written}/>")
    inner = "".join([_safe(child) for child in children if child])
    return Html(f"<{name}{written}>{inner}</{name}>")


@cache
def _attribute(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _safe(child: Child) -> str:
    """Most words and numbers hold nothing to escape; a page of tables is made of thousands of them."""
    if child is None:
        return ""
    if isinstance(child, Html) or not _SPECIAL(child):
        return child
    return escape(child, quote=True)
