"""Every pair of text and ground, and every mark, passes its contrast in both themes (WCAG 2.2)."""

import re
from pathlib import Path

import pytest

from roi.charts.figures import PALETTE

CSS = (Path(__file__).parents[2] / "roi" / "ui" / "assets" / "roi.css").read_text(encoding="utf-8")
CONFIG = (Path(__file__).parents[2] / ".streamlit" / "config.toml").read_text(encoding="utf-8")
TOKENS = dict(re.findall(r"--([\w]+): light-dark\((#\w{6}, #\w{6})\)", CSS))
PLAIN = dict(re.findall(r"--([\w]+): (#\w{6});", CSS))


def colour(name, theme):
    if name in PLAIN:
        return PLAIN[name]
    return TOKENS[name].split(", ")[theme]


def luminance(code):
    parts = [int(code[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_is_the_published_one():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["bg", "surface"])
@pytest.mark.parametrize("ink", ["ink", "ink2", "ink3", "accent", "good", "bad"])
def test_text_on_its_ground(ink, ground, theme):
    assert contrast(colour(ink, theme), colour(ground, theme)) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_attention_on_its_tint_and_on_the_page(theme):
    assert contrast(colour("attn", theme), colour("attnbg", theme)) >= 4.5
    assert contrast(colour("attn", theme), colour("bg", theme)) >= 4.5


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("mark", ["value", "net", "cost", "overdue", "control", "deep"])
def test_marks_and_borders_on_the_page(mark, theme):
    assert contrast(colour(mark, theme), colour("bg", theme)) >= 3


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_text_of_the_one_primary_button(theme):
    section = CONFIG.split(f"[theme.{theme}]")[1]
    primary = re.search(r'primaryColor = "(#\w{6})"', section)[1]
    assert contrast(primary, "#FFFFFF" if theme == "light" else "#0E131B") >= 4.5


def test_charts_use_the_same_marks_as_the_style_sheet():
    marks = {PLAIN["value"], PLAIN["net"], PLAIN["cost"]}
    assert set(PALETTE.values()) == marks
