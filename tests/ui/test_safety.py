"""S3, S4: each setting that lets others in is told by name; the settings that are shipped let nobody in."""

import pytest
import streamlit as st

from roi.ui import safety

CLOSED = {
    "server.address": "127.0.0.1",
    "server.allowedHosts": ["127.0.0.1"],
    "server.enableXsrfProtection": True,
    "server.enableCORS": True,
    "server.corsAllowedOrigins": [],
    "server.enableStaticServing": False,
    "server.enableAgentApi": False,
    "server.maxUploadSize": 50,
    "client.showErrorDetails": "none",
    "browser.gatherUsageStats": False,
    "global.developmentMode": False,
    "logger.level": "info",
}
OPEN = [
    *(("server.address", value) for value in (None, "", "0.0.0.0", "::", "192.168.1.7", "example.com")),
    *(("server.allowedHosts", value) for value in ([], None, ["*"], ["localhost", "*"])),
    ("server.enableXsrfProtection", False),
    ("server.enableCORS", False),
    ("server.corsAllowedOrigins", ["*"]),
    ("server.enableStaticServing", True),
    ("server.enableAgentApi", True),
    *(("server.maxUploadSize", value) for value in (0, 51, 200, None)),
    *(("client.showErrorDetails", value) for value in ("full", "stacktrace", "type", True, None)),
    ("browser.gatherUsageStats", True),
    ("global.developmentMode", True),
    *(("logger.level", value) for value in ("debug", "DEBUG")),
    *(("server.cookieSecret", value) for value in ("", "secret", "a" * 31, "0" * 64, "ab" * 32)),
]


def test_s4_the_settings_in_force_here_are_the_shipped_ones_and_let_nobody_in():
    assert safety.unsafe() == ()


def test_s4_every_rule_is_about_a_setting_that_there_is():
    for name in CLOSED:
        st.get_option(name)


def test_s3_closed_doors_are_no_complaint():
    strong = "0123456789abcdef" * 2
    others = ({"server.address": "localhost"}, {"server.address": "::1"}, {"server.cookieSecret": strong})
    for more in ({}, *others):
        assert safety.unsafe({**CLOSED, **more}) == ()


@pytest.mark.parametrize(("name", "value"), OPEN)
def test_s3_each_open_door_is_told_by_name(name, value):
    (told,) = safety.unsafe({**CLOSED, name: value})
    assert name in told


def test_s3_all_open_doors_are_told_at_once_and_a_secret_is_never_said():
    told = safety.unsafe({**CLOSED, "server.enableCORS": False, "server.cookieSecret": "hunter2"})
    assert len(told) == 2
    assert "hunter2" not in " ".join(told)
