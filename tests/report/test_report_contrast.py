"""Contrast of the page's colors in both themes, computed from its style sheet (WCAG 2.2, 1.4.3 and 1.4.11)."""

import re
from importlib.resources import files

import pytest

CSS = files("impact.present").joinpath("templates/style.css").read_text("utf-8")
TOKEN = re.compile(r"--([a-z-]+):\s*(#[0-9a-f]{6});")
GROUNDS = ("paper", "wash")
TEXTS = ("ink", "soft", "accent", "high", "medium", "low")


def theme(name):
    start = CSS.index(":root {") if name == "light" else CSS.index(":root {", CSS.index("prefers-color-scheme: dark"))
    return dict(TOKEN.findall(CSS[start : CSS.index("}", start)]))


def luminance(color):
    """Relative luminance as WCAG 2.2 defines it."""
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one, two):
    light, dark = sorted((luminance(one), luminance(two)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_ratio_is_that_of_the_standard():
    assert ratio("#000000", "#ffffff") == pytest.approx(21)
    assert ratio("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", TEXTS)
def test_text_has_a_contrast_of_at_least_four_and_a_half(name, ground, text):
    colors = theme(name)

    assert ratio(colors[text], colors[ground]) >= 4.5


@pytest.mark.parametrize("name", ["light", "dark"])
def test_marked_evidence_has_a_contrast_of_at_least_four_and_a_half(name):
    colors = theme(name)

    assert ratio(colors["mark-ink"], colors["mark"]) >= 4.5


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_edges_that_mean_something_have_a_contrast_of_at_least_three(name, ground):
    colors = theme(name)

    assert ratio(colors["edge"], colors[ground]) >= 3


def test_both_themes_define_the_same_colors():
    assert theme("light").keys() == theme("dark").keys()


def test_every_color_used_is_one_of_the_pairs_tested():
    text = set(re.findall(r"(?<![-\w])color:\s*var\(--([a-z-]+)\)", CSS))
    ground = set(re.findall(r"background:\s*var\(--([a-z-]+)\)", CSS))

    assert text <= {*TEXTS, "mark-ink"}
    assert ground <= {*GROUNDS, "mark", "edge"}
    assert len(re.findall(r"#[0-9a-f]{3,8}\b", CSS)) == len(theme("light")) + len(theme("dark"))
