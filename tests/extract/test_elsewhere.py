"""What a source leaves to other files is told."""

import pytest

from impact.extract.blocks.elsewhere import left_elsewhere

SOURCES = [
    ("asciidoc", "= Lamps\n\ninclude::clauses/wicks.adoc[leveloffset=1]\n", "clauses/wicks.adoc"),
    ("text", "Lamps\n=====\n\n.. include:: wicks.rst\n", "wicks.rst"),
    ("text", "Lamps\n=====\n\n.. literalinclude:: wicks.json\n", "wicks.json"),
    ("text", "\\section{Lamps}\n\\input{wicks}\n", "wicks"),
    ("markdown", "# Lamps\n\n{::include-fold wicks.md}\n", "wicks.md"),
    ("markdown", '# Lamps\n\n--8<-- "wicks.md"\n', "wicks.md"),
    ("markdown", "# Lamps\n\n{{#include wicks.md:2:9}}\n", "wicks.md:2:9"),
    ("markdown", "# Lamps\n\n{{wicks.md}}\n", "wicks.md"),
    ("markdown", "# Lamps\n\n```{include} wicks.md\n```\n", "wicks.md"),
    ("markdown", "# Lamps\n\n{% include_relative wicks.md %}\n", "wicks.md"),
    ("markdown", '# Lamps\n\n{{< include "wicks.md" >}}\n', "wicks.md"),
    ("markdown", "# Lamps\n\n[!INCLUDE [on wicks](wicks.md)]\n", "wicks.md"),
    ("markdown", "import Wicks from './wicks.mdx'\n\n# Lamps\n\n<Wicks />\n", "./wicks.mdx"),
    ("markdown", "# Lamps\n\n<pre class=include>\nmacros:\n  A: b\npath: wicks.bs\n</pre>\n", "wicks.bs"),
    ("html", "<h1>Lamps</h1><section class=a data-include='wicks.html'></section>", "wicks.html"),
    ("html", "<!-- <p data-include='oil.html'> --><p\n data-include=wicks.html></p>", "wicks.html"),
    ("xml", "<book><xi:include parse='xml' href='wicks.xml'/></book>", "wicks.xml"),
    ("rfcxml", "<xi:include href='x/bibxml/reference.RFC.2119.xml'/><xi:include href='wicks.xml'/>", "wicks.xml"),
    ("rfcxml", "<figure>\nINSERT_TEXT_FROM_FILE(wicks.yang)\n</figure>\n", "wicks.yang"),
]


@pytest.mark.parametrize(("form", "source", "name"), SOURCES)
def test_a_part_in_another_file_is_named(form: str, source: str, name: str) -> None:
    assert list(left_elsewhere(source.encode(), form)) == [
        f"A text file that the document includes was not read: {name}."
    ]


def test_several_parts_are_counted_and_the_first_is_named() -> None:
    source = b"include::wicks.adoc[]\ninclude::oil.adoc[]\n"

    assert list(left_elsewhere(source, "asciidoc")) == [
        "2 text files that the document includes were not read, among them wicks.adoc."
    ]


@pytest.mark.parametrize(
    ("form", "source"),
    [
        ("text", "Lamps include::wicks.adoc[] and oil."),
        ("text", "include:: nothing"),
        ("text", "The .. include:: it"),
        ("text", "Write <section data-include='wicks.html'> for it."),
        ("html", "<code>&lt;section data-include='wicks.html'></code>"),
        ("html", "<pre>\n.. include:: wicks.rst\n</pre>"),
        ("markdown", "{% include image.html file='wicks.png' %}"),
        ("markdown", "{% include wicks.svg %}"),
        ("markdown", "See {{RFC9999}} and {{wicks}}."),
        ("markdown", "See\n{{ISO.27001}}\n"),
        ("rfcxml", "<xi:include href='https://bib.ietf.org/public/rfc/bibxml/reference.RFC.2119.xml'/>"),
    ],
)
def test_words_about_including_templates_drawings_and_references_are_no_directive(form: str, source: str) -> None:
    assert list(left_elsewhere(source.encode(), form)) == []
