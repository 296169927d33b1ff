"""The page for human-rights officers, held against the files."""

from pathlib import Path

import pytest

from impact.taxonomy import load

PAGE = (Path(__file__).parents[2] / "docs" / "taxonomy.md").read_text(encoding="utf-8")


def test_every_right_stands_on_the_page_with_its_name():
    assert [right.id for right in load().rights.values() if f"| {right.name} |" not in PAGE] == []


@pytest.mark.parametrize("label", load().labels)
def test_every_label_stands_on_the_page_with_name_and_id(label):
    taxonomy = load()
    owner = taxonomy.mechanisms.get(label) or taxonomy.safeguards[label]
    assert f"| {owner.name} (`{label}`) |" in PAGE


def test_the_numbers_on_the_page_are_those_of_the_files():
    for mechanism in load().mechanisms.values():
        line = next(line for line in PAGE.splitlines() if f"(`{mechanism.id}`)" in line)
        assert f"| {mechanism.scale}, {mechanism.scope}, {mechanism.irremediability} |" in line


def test_every_compound_stands_on_the_page():
    assert [
        rule.id for rule in load().compounds if f"| {rule.name} | {' + '.join(rule.mechanisms)} |" not in PAGE
    ] == []


def test_the_number_of_links_by_source_on_the_page_is_that_of_the_files():
    links = [link for mechanism in load().mechanisms.values() for link in mechanism.primary + mechanism.secondary]
    named = sum(link.source.startswith("RFC 9620 section ") for link in links)
    assert f"{len(links)} links in all: {named} from RFC 9620, {len(links) - named} project judgment" in PAGE
