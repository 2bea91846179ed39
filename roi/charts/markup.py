"""HTML and SVG built from typed parts: every text is escaped here, once, and nowhere else.

`Html` is text that may stand in a page as it is; a plain `str` never is and gets escaped.
"""

from html import escape

_VOID = frozenset({"br", "img", "line", "path", "circle", "rect", "polyline"})


class Html(str):
    """Markup that this module has made; only it may be placed into a page unescaped."""

    __slots__ = ()


Child = str | None


def text(child: Child) -> Html:
    """The child as markup: escaped unless it is markup already; nothing for None."""
    if child is None:
        return Html("")
    return child if isinstance(child, Html) else Html(escape(child, quote=True))


def join(*children: Child, by: str = "") -> Html:
    """Several children one after the other."""
    return Html(by.join(text(child) for child in children))


def tag(name: str, *children: Child, **attributes: str | int | float | None) -> Html:
    """One element. `class_` gives `class`, `data_go` gives `data-go`; None leaves an attribute out."""
    written = "".join(_attribute(key, value) for key, value in attributes.items() if value is not None)
    if name in _VOID:
        return Html(f"<{name}{written}/>")
    return Html(f"<{name}{written}>{join(*children)}</{name}>")


def _attribute(key: str, value: str | float) -> str:
    name = key.rstrip("_").replace("_", "-")
    return f' {name}="{escape(str(value), quote=True)}"'
