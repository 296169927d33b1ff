"""Images of text-like files are counted, since they are not read."""

import pytest

from impact.extract.blocks.pictures import count_images


@pytest.mark.parametrize(
    ("form", "source"),
    [
        ("markdown", "See below.\n\n![Flow of calls](flow.png)\n"),
        ("markdown", "See below.\n\n![Flow of calls][flow]\n"),
        ("markdown", 'See below.\n\n<img src="flow.png" alt="Flow">\n'),
        ("html", "<p>See below.</p><svg width='4'><path d='M0 0'/></svg>"),
        ("asciidoc", "See below.\n\nimage::flow.png[Flow]\n"),
        ("text", "See below.\n\n.. figure:: flow.png\n   :alt: Flow\n"),
        ("rfcxml", '<artwork type="svg"><svg xmlns="http://www.w3.org/2000/svg"/></artwork>'),
        ("xml", '<fig><image href="flow.png"/></fig>'),
    ],
)
def test_an_image_is_counted(form, source):
    assert count_images(source.encode(), form) == 1


def test_several_images_are_counted_together():
    assert count_images(b"![a](a.png) and ![b](b.png)\n", "markdown") == 2


@pytest.mark.parametrize(
    ("form", "source"),
    [
        ("markdown", "![status](https://img.shields.io/badge/status-draft.svg)\n"),
        ("markdown", "Wow! [Read on](next.md)\n"),
        ("html", '<img src="logo.svg">'),
        ("yaml", "image: flow.png\n"),
    ],
)
def test_badges_logos_and_words_are_no_images(form, source):
    assert count_images(source.encode(), form) == 0
