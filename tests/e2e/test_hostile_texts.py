"""S8: markup in a free text is shown as it was written, on every page, label, hover and export."""

import csv
import io
from urllib.parse import quote

import pytest

from tests.e2e import alder, hostile_value
from tests.e2e import server as servers
from tests.e2e.hostile import build, epic_key
from tests.e2e.places import PLACES
from tests.payloads import MARKUP

BOLD = MARKUP.index("**hit**")
"""What would stand in bold if a typed text were read as one of ours."""


def _epic_page(number):
    return f"epic?epic={quote(epic_key(number), safe='')}"


PAGES = (
    "",
    "teams?view=cost",
    f"team?team=t{BOLD - 2}",  # of a division named so
    "outcomes",
    _epic_page(2),
    _epic_page(BOLD),
    "data",
    "data?view=ledger",
    "data?view=areas",
    "trace?figure=team_cost&team=t3",
)
MORE = ("teams?view=return", "teams?view=roles", "teams?view=mix", "method", "start", "data?view=lists")
TEAMS = tuple(f"team?team=t{number}" for number in range(len(MARKUP)))
EPICS = tuple(_epic_page(number) for number in range(len(MARKUP)))
VALUE = (
    "",
    "outcomes",
    "outcomes?view=queue",
    "outcomes?view=initiatives",
    "outcomes?view=worth",
    "outcomes?state=confirm&outcome=company-licences",
    "epic?epic=recommendations",
    "initiative?initiative=enrol-more",
    "product?value_stream={Enrolment}",
)
MORE_VALUE = (
    "teams?view=return",
    "teams?view=roles",
    "outcomes?state=new",
    *(f"outcomes?state={state}&outcome=company-licences" for state in ("reading", "close")),
    *(
        f"epic?epic={epic}"
        for epic in ("adaptive-tests", "lesson-authoring", "consent-records", "event-feed")
    ),
    *(PLACES[name] for name in ("teams", "data", "areas", "lists", "trace", "method", "start")),
)

# Before anything of the page runs: what a payload would call, and what it would open.
_TRAP = """
window.hits = []; window.hit = () => window.hits.push('hit');
for (const name of ['alert', 'confirm', 'prompt', 'open', 'print'])
    window[name] = () => window.hits.push(name);
"""

# What is in the page that none of ours put there; a link of ours may name a source in its query.
_FOUND = """() => {
    const found = [...window.hits];
    const leads = ['href', 'src', 'action', 'data', 'xlink:href', 'poster', 'formaction'];
    const isEvil = (name, value) => leads.includes(name)
        ? /evil|javascript/.test(new URL(value, location).protocol + new URL(value, location).host)
        : ['srcdoc', 'style'].includes(name) && /evil|hit\\(/.test(value);
    for (const element of document.querySelectorAll('*')) {
        for (const {name, value} of element.attributes) if (name.startsWith('on') || isEvil(name, value))
            found.push(element.tagName + ` ${name}=${value}`);
        if (element.id === 'hit') found.push(element.outerHTML.slice(0, 80));
        if (/^(STRONG|B|H1|H2|EM)$/.test(element.tagName) && element.textContent === 'hit')
            found.push('markdown');
        if (/^(IFRAME|OBJECT|EMBED|BASE|MARQUEE|MATH|FORM)$/i.test(element.tagName)
            && !element.closest('[data-testid=stForm]')) found.push(element.tagName);
    }
    return found;
}"""


# What a chart says of the mark under the pointer, once it is drawn; it draws links and pictures of its own.
_MARKS = ", ".join(
    f".js-plotly-plot {one}" for one in (".nsewdrag", ".barlayer .point", ".scatterlayer .point")
)
_HOVERED = """async () => {
    await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const labels = [...document.querySelectorAll('.hoverlayer .hovertext')];
    return labels.map(label => label.querySelector('a, image, [style*=bold]') ? 'MARKUP' : label.textContent);
}"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory, finance, tech_leader):
    database = tmp_path_factory.mktemp("hostile") / "roi.duckdb"
    build(database, finance, tech_leader)
    started = servers.start(database)
    yield started
    started.stop()


@pytest.fixture
def hostile_demo(demo_files, tmp_path):
    database = alder.copied(demo_files, tmp_path / "demo")
    renamed = {old: quote(new, safe="") for old, new in hostile_value.rewrite(database).items()}
    started = alder.start(database)
    yield started, renamed
    started.stop()


def test_s8_every_text_of_the_schema_is_in_one_of_the_two_companies_or_is_no_free_text(store):
    with store.cursor() as cursor:
        there = hostile_value.every_text(cursor)
    shared = [name for names in hostile_value.SHARED for name in names]
    written = {*hostile_value.FREE_TEXTS, *shared, *hostile_value.OF_COST}
    left = {name for name in there - written if not set(hostile_value.NO_TEXTS) & {name, _anywhere(name)}}
    assert left == set(), "put markup into it in `hostile_value`, or say there that it is no free text"
    assert written - there == set(), "there is no such column"


def _anywhere(name):
    return f"*.{name.partition('.')[2]}"


def touch(screen):
    """Move over every chart's marks and every label that waits for a pointer; what the marks said then."""
    said = []
    for area in screen.page.locator(_MARKS).all()[:12]:
        if area.is_visible():
            area.hover(force=True)
            said += screen.page.evaluate(_HOVERED)
    for waiting in screen.page.locator("[title], [data-tip], [data-know]").all()[:6]:
        if waiting.is_visible():
            waiting.hover(force=True)
    return said


def test_s8_no_markup_in_a_text_has_any_effect_on_any_page(hostile, look, rounds):
    """One browser session through the pages; `make soak` opens every team and every epic as well."""
    shown, found, _ = visited(look(hostile), (*PAGES, *((*MORE, *TEAMS, *EPICS) if rounds > 1 else ())))
    assert found == {}
    assert len(shown) > 50, sorted(set(MARKUP) - shown)


def test_s8_no_markup_in_what_is_agreed_about_value_has_any_effect(hostile_demo, look, rounds, tmp_path):
    server, renamed = hostile_demo
    screen, addresses = look(server), (*VALUE, *(MORE_VALUE if rounds > 1 else ()))
    shown, found, hovered = visited(screen, [one.format(**renamed) for one in addresses])
    assert found == {}
    assert len(shown) > 50, sorted(set(MARKUP) - shown)
    assert len(hovered) > 2, "no label of a chart that the pointer met holds a text of somebody"
    assert_note_is_text(screen, "epic?epic=adaptive-tests", tmp_path / "note.html")


def assert_note_is_text(screen, address, kept):
    """The closing note that is downloaded there, opened as whoever it is handed to opens it."""
    screen.go(address)
    with screen.page.expect_download() as wanted:
        screen.page.get_by_role("button", name="Download the closing note").first.click()
    wanted.value.save_as(kept)
    page = screen.page.context.new_page()
    page.add_init_script(_TRAP)
    page.goto(kept.as_uri())
    text = " ".join(page.locator("body").inner_text().split())
    assert len({payload for payload in MARKUP if " ".join(payload.split()) in text}) > 4, text
    assert page.evaluate(_FOUND) == []
    page.close()


def visited(screen, addresses):
    """The payloads that are shown as they were written, what charts said, and by address what came of it."""
    shown, said, found = set(), [], {}
    screen.page.add_init_script(_TRAP)
    screen.page.on(
        "dialog", lambda dialog: (found.setdefault("dialog", []).append(dialog.message), dialog.dismiss())
    )
    for address in addresses:
        screen.go(address)
        said += touch(screen)
        if seen := screen.page.evaluate(_FOUND):
            found[address] = seen
        text = " ".join(screen.text.split())
        assert "could not be drawn" not in text, address
        shown |= {payload for payload in MARKUP if " ".join(payload.split()) in text}
        assert "no such epic" not in text, address
    assert "MARKUP" not in said
    heard = "".join("".join(said).split())
    return shown, found, {payload for payload in MARKUP if "".join(payload.split()) in heard}


def test_s8_what_a_drawer_an_export_and_a_form_show_is_text_as_well(hostile, look):
    screen = look(hostile)
    screen.page.add_init_script(_TRAP)
    screen.open()
    screen.page.locator("[data-know]").first.click()
    screen.settle()
    assert "How we know" in screen.page.get_by_role("dialog").inner_text()
    assert screen.page.evaluate(_FOUND) == []
    screen.open("data?view=ledger")
    with screen.page.expect_download() as wanted:
        screen.page.get_by_role("button", name="Download 122 lines").click()
    rows = list(csv.DictReader(io.StringIO(wanted.value.path().read_text(encoding="utf-8-sig"), newline="")))
    assert {row["description"] for row in rows} == set(MARKUP)
    assert screen.page.evaluate(_FOUND) == []
