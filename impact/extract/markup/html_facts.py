"""What an HTML page says of itself: title, meta elements, and the configuration of a ReSpec source."""

import re
from itertools import islice
from typing import Any

from impact.extract.blocks.facts import StatedFacts
from impact.extract.markup.html_elements import ELEMENTS

STRING = r"\s*:\s*(?:\"([^\"\n]{1,300})\"|'([^'\n]{1,300})'|`([^`\n]{1,300})`)"
GROUP = re.compile(r"\bgroup\s*:\s*(\[[^\]]{0,300}\]|\"[^\"\n]{0,100}\"|'[^'\n]{0,100}')")
EDITORS = re.compile(r"(?<![A-Za-z])(editors|authors)\s*:\s*\[")
QUOTED = re.compile(r"[\"'`]([^\"'`\n]{1,100})[\"'`]")
LINE_COMMENT = re.compile(r"(?<![:\"'])//[^\n]*")
# Source: project judgment, after the heads of published pages of the W3C: state and date on a line under the title.
STATE = re.compile(
    r"W3C ((?:[A-Z][\w' ]{0,40}?)?(?:Recommendation|Draft|Note|Report|Statement|Registry)),?"
    r" (\d{1,2} [A-Z][a-z]+ \d{4})$"
)
LISTS = 4
"""Lists of people that a configuration has: editors and authors, before and now. Source: project judgment."""
CONFIG_CHARACTERS = 60_000
"""Characters of a script in which the ReSpec configuration is looked for. Source: project judgment; whole libraries
stand in scripts too."""


def facts_of(root: Any) -> tuple[tuple[str, str], ...]:
    """Return lower-case names and values; several values of one name are joined with "; "."""
    facts = StatedFacts()
    title = root.find(".//title")
    facts.add("title", title.text_content() if title is not None else "")
    for meta in root.iter("meta"):
        key = ELEMENTS.facts.get((meta.get("name") or meta.get("property") or "").lower())
        if key:
            facts.add(key, meta.get("content", ""))
    for script in root.iter("script"):
        if "respecConfig" in (script.text or ""):
            _respec(facts, script.text[:CONFIG_CHARACTERS])
            break
    _state(facts, root)
    language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    facts.add("language", language)
    return tuple(facts.pairs())


def _state(facts: StatedFacts, root: Any) -> None:
    """Add state and date from the head of a published page, which is no part of its text."""
    for head in root.find_class("head")[:1]:
        for line in head.iter("p", "h2"):
            match = STATE.match(" ".join(line.text_content().split()))
            if match:
                for name, value in (("status", match[1]), ("date", match[2])):
                    if name not in facts:
                        facts.add(name, value)
                return


def _respec(facts: StatedFacts, script: str) -> None:
    """Add what a ReSpec configuration states; comments in it do not count."""
    config = LINE_COMMENT.sub("", script)
    for name, key in ELEMENTS.respec.items():
        match = re.search(rf"\b{name}{STRING}", config)
        if match and key not in facts:
            facts.add(key, match[1] or match[2] or match[3])
    group = GROUP.search(config)
    for name in QUOTED.findall(group[1]) if group else ():
        facts.add("group", name)
    for start in islice(EDITORS.finditer(config), LISTS):
        people = _bracketed(config, start.end())
        for name, keys in (("name", {"authors", start[1]}), ("company", {"organizations"})):
            for match in re.finditer(rf"\b{name}{STRING}", people):
                for key in sorted(keys):
                    facts.add(key, match[1] or match[2] or match[3])


def _bracketed(text: str, start: int) -> str:
    """Return what stands up to the bracket that closes the one before `start`."""
    depth = 1
    for place in range(start, min(len(text), start + 20_000)):
        depth += {"[": 1, "]": -1}.get(text[place], 0)
        if not depth:
            return text[start:place]
    return text[start : start + 20_000]
