"""Images of text-like files are counted, since they are not read."""

import pytest

from impact.extract.blocks.pictures import count_images


@pytest.mark.parametrize(
    ("form", "source", "count"),
    [
        ("markdown", "![a](a.png) and ![b](b.png)\n", 2),
        ("markdown", "![status](https://img.shields.io/badge/status-draft.svg)\n", 0),
        ("markdown", "Wow! [Read on](next.md)\n", 0),
        ("html", '<img src="logo.svg">', 0),
        ("yaml", "image: flow.png\n", 0),
        ("markdown", "See below.\n\n![Flow of calls](flow.png)\n", 1),
        ("markdown", "See below.\n\n![Flow of calls][flow]\n", 1),
        ("markdown", 'See below.\n\n<img src="flow.png" alt="Flow">\n', 1),
        ("html", "<p>See below.</p><svg width='4'><path d='M0 0'/></svg>", 1),
        ("asciidoc", "See below.\n\nimage::flow.png[Flow]\n", 1),
        ("text", "See below.\n\n.. figure:: flow.png\n   :alt: Flow\n", 1),
        ("rfcxml", '<artwork type="svg"><svg xmlns="http://www.w3.org/2000/svg"/></artwork>', 1),
        ("xml", '<fig><image href="flow.png"/></fig>', 1),
    ],
)
def test_images_are_counted_and_badges_logos_and_words_are_none(form, source, count):
    assert count_images(source.encode(), form) == count
