"""The served form (`make serve`): warm, behind headers, with a health route, and alone on its data."""

import os
import subprocess
import sys
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from roi.ui.headers import HEADERS, charts
from tests import sharing
from tests.e2e import server as servers
from tests.e2e.places import PLACES
from tests.kept_company import NAME


@pytest.fixture(scope="module")
def served(built, tmp_path_factory):
    """The small company, served."""
    folder = tmp_path_factory.mktemp("served")
    sharing.copy(built[0], folder)
    started = servers.start(folder / NAME, is_served=True)
    yield started
    started.stop()


def ask(server, path, host=None):
    """Status, headers and body of an answer."""
    where = urlsplit(server.url)
    connection = HTTPConnection(where.hostname, where.port, timeout=10)
    connection.request("GET", path, headers={"Host": host or where.netloc})
    reply = connection.getresponse()
    said = reply.status, {name.lower(): value for name, value in reply.getheaders()}, reply.read()
    connection.close()
    return said


def refused(database, **environment):
    """What a start says that ends at once."""
    done = subprocess.run(
        [sys.executable, "-m", "roi.ui.served", "--port", str(servers.free_port())],
        cwd=servers.ROOT,
        env={**os.environ, "ROI_DATABASE": str(database), **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def test_s5_every_answer_has_the_security_headers(served):
    for path in ("/", "/teams", "/healthz", "/_stcore/health", "/favicon.png", "/no/such", "/media/x.csv"):
        _, headers, _ = ask(served, path)
        held = {name: headers.get(name.lower()) for name in HEADERS}
        assert held == dict(HEADERS), path
    assert "frame-ancestors 'none'" in HEADERS["Content-Security-Policy"]
    assert "unsafe-eval" not in HEADERS["Content-Security-Policy"]


def test_the_health_route_says_that_the_data_can_be_read_and_nothing_of_it(served):
    status, headers, body = ask(served, "/healthz")
    assert (status, body) == (200, b'{"status":"ok"}')
    assert headers["cache-control"] == "no-store"


def test_a_page_with_charts_says_at_once_what_draws_them(served):
    for path in ("/", "/team", "/outcomes"):
        assert f"static/js/{charts()}>; rel=modulepreload" in ask(served, path)[1]["link"], path
    assert ask(served, f"/static/js/{charts()}")[0] == 200
    for path in ("/data", "/method", "/healthz", f"/static/js/{charts()}"):
        assert "link" not in ask(served, path)[1], path


def test_s5_what_is_nobody_s_business_is_closed(served):
    for path in ("/_stcore/metrics", "/teams/_stcore/metrics", "/_stcore/agent/openapi.json"):
        assert ask(served, path)[0] == 404, path


def test_s5_another_host_s_name_is_not_answered(served):
    for host in ("evil.example", "evil.example:80", "127.0.0.1.evil.example", "", "x@127.0.0.1"):
        status, headers, body = ask(served, "/", host or "-")
        assert (status, b"<html" in body) == (421, False), host
        assert headers["x-frame-options"] == "DENY"


def test_every_page_works_under_the_policy(served, look):
    """The fixture adds: no error on the console, so nothing of ours is what the policy keeps out.

    Each page is loaded from scratch once; to its other views the browser goes within the page.
    """
    screen, loaded = look(served), set()
    for address in PLACES.values():
        page = address.partition("?")[0]
        (screen.go if page in loaded else screen.open)(address)
        loaded.add(page)
        screen.must_be_whole()
    screen.open()
    screen.page.locator("[data-know]").first.click()
    screen.settle()
    assert "How we know" in screen.page.get_by_role("dialog").inner_text()
    screen.open("data?view=ledger")
    with screen.page.expect_download() as found:
        screen.page.get_by_role("button", name="Download 21 lines").click()
    assert found.value.path().read_bytes().startswith(b"\xef\xbb\xbfmonth,")


def test_s8_the_policy_keeps_out_what_gets_into_a_page_by_mistake(served, look):
    screen = look(served)
    screen.open("method")
    screen.page.evaluate(
        "document.body.insertAdjacentHTML('beforeend', '<img src=http://elsewhere.invalid/x>')"
    )
    screen.page.wait_for_timeout(300)
    assert any("Content Security Policy" in error for error in screen.watch.errors)
    assert "http://elsewhere.invalid/x" not in served.log.read_text()
    screen.watch.errors.clear()
    screen.watch.outside.clear()


def test_fault_5_a_second_server_does_not_start_and_names_the_first(served):
    told = refused(served.database)
    assert "The data is in use by the dashboard" in told
    assert f"process {served.process.pid}" in told


def test_s3_under_settings_that_let_others_in_it_does_not_start(tmp_path):
    folder = tmp_path / ".streamlit"
    folder.mkdir()
    (folder / "config.toml").write_text('[server]\nenableCORS = false\ncookieSecret = "changeme"\n')
    told = refused(tmp_path / "roi.duckdb", HOME=str(tmp_path))
    assert "server.enableCORS is False" in told
    assert "server.cookieSecret is shorter" in told
    assert "changeme" not in told


def test_r13_on_damaged_data_it_does_not_start(tmp_path):
    database = tmp_path / "roi.duckdb"
    database.write_bytes(b"no database")
    database.chmod(0o600)
    assert "cannot be opened" in refused(database)
