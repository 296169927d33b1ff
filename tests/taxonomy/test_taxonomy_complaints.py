"""What the loader says of files that contradict themselves or each other."""

import shutil
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import pytest

from impact.errors import DataError
from impact.taxonomy import load
from impact.taxonomy.load import FILES, read_taxonomy


@pytest.fixture
def folder(tmp_path):
    for name in FILES:
        shutil.copy(str(files("impact.taxonomy") / f"{name}.toml"), tmp_path)
    return tmp_path


def edit(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text(encoding="utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), encoding="utf-8")


CASES = {
    "unknown key": (
        "safeguards.toml",
        'id = "redress"',
        'colour = "red"\nid = "redress"',
        "safeguards[redress].colour",
        "unknown key",
    ),
    "unknown key at the top": ("rights.toml", "[[rights]]", "[[laws]]", "laws", "unknown key"),
    "unknown key of articles at the top": ("articles.toml", "[[general]]", "[[generals]]", "generals", "unknown key"),
    "unknown key in a link": (
        "mechanisms.toml",
        '{ right = "privacy",',
        '{ rihgt = "privacy",',
        "mechanisms[identity-binding].primary.0.rihgt",
        "unknown key",
    ),
    "missing key": ("rights.toml", 'name = "Life"\n', "", "rights[life].name", "missing key"),
    "missing reason": ("severity.toml", "low = ", "# low = ", "reasons.low", "missing key"),
    "unknown reason": ("severity.toml", "low = ", "lowest = ", "reasons.lowest", "is none of"),
    "brace left open": ("severity.toml", "({scale} of 5)", "({scale of 5)", "reasons.scale", "str.format"),
    "unknown placeholder": ("severity.toml", "({scale} of 5)", "({size} of 5)", "reasons.scale", "'size' is none of"),
    "text where a number belongs": (
        "mechanisms.toml",
        "scale = 4",
        'scale = "4"',
        "mechanisms[identity-binding].scale",
        "wrong type: str where int",
    ),
    "truth value where a number belongs": (
        "severity.toml",
        "high_scale = 5",
        "high_scale = true",
        "high_scale",
        "wrong type: bool",
    ),
    "text where a list belongs": (
        "compounds.toml",
        '["identity-binding", "shut-off"]',
        '"shut-off"',
        "compounds[named-and-cut-off].mechanisms",
        "wrong type: str where list",
    ),
    "table where an array belongs": ("compounds.toml", "[[compounds]]", "[compounds]", "", "not TOML"),
    "list of one where two belong": (
        "compounds.toml",
        '["identity-binding", "shut-off"]',
        '["shut-off"]',
        "compounds[named-and-cut-off].mechanisms",
        "2 entries belong here",
    ),
    "empty list": (
        "rights.toml",
        'articles = ["ICCPR 27"]',
        "articles = []",
        "rights[minorities].articles",
        "the list is empty",
    ),
    "empty text": ("rights.toml", 'name = "Life"', 'name = " "', "rights[life].name", "the text is empty"),
    "unknown right": (
        "mechanisms.toml",
        'right = "privacy"',
        'right = "private-life"',
        "mechanisms[identity-binding].primary",
        "unknown right 'private-life'",
    ),
    "right linked twice": (
        "mechanisms.toml",
        '{ right = "assembly"',
        '{ right = "privacy"',
        "mechanisms[identity-binding].secondary",
        "duplicate",
    ),
    "unknown mechanism in a safeguard": (
        "safeguards.toml",
        '"traffic-inspection"',
        '"traffic-reading"',
        "safeguards[encryption].counters",
        "unknown mechanism 'traffic-reading'",
    ),
    "unknown mechanism in a compound": (
        "compounds.toml",
        '["identity-binding",',
        '["identity",',
        "compounds[named-and-cut-off].mechanisms",
        "unknown mechanism 'identity'",
    ),
    "equal mechanisms in a compound": (
        "compounds.toml",
        '["identity-binding", "shut-off"]',
        '["shut-off", "shut-off"]',
        "compounds[named-and-cut-off].mechanisms",
        "two equal mechanisms",
    ),
    "same pair in two compounds": (
        "compounds.toml",
        '["traffic-inspection", "content-blocking"]',
        '["shut-off", "identity-binding"]',
        "compounds[read-and-blocked].mechanisms",
        "duplicate",
    ),
    "article without entry": (
        "rights.toml",
        '"ICCPR 27"',
        '"ICCPR 27(4)"',
        "rights[minorities].articles",
        "unknown article 'ICCPR 27(4)'",
    ),
    "article out of range": (
        "articles.toml",
        'ref = "ICCPR 27"',
        'ref = "ICCPR 28"',
        "articles[ICCPR 28].ref",
        "out of range",
    ),
    "article of an unknown instrument": (
        "articles.toml",
        'ref = "ICCPR 27"',
        'ref = "ECHR 8"',
        "articles[ECHR 8].ref",
        "an instrument",
    ),
    "general provision without entry": (
        "articles.toml",
        'ref = "UDHR 28"\nreason',
        'ref = "UDHR 28(1)"\nreason',
        "general[UDHR 28(1)].ref",
        "unknown article",
    ),
    "duplicate right": ("rights.toml", 'id = "torture"', 'id = "life"', "rights[life].id", "duplicate"),
    "duplicate article": ("articles.toml", 'ref = "UDHR 2"', 'ref = "UDHR 1"', "articles[UDHR 1].ref", "duplicate"),
    "safeguard named as a mechanism": (
        "safeguards.toml",
        'id = "encryption"',
        'id = "shut-off"',
        "safeguards[shut-off].id",
        "duplicate",
    ),
    "severity below 1": (
        "mechanisms.toml",
        "scope = 5",
        "scope = 0",
        "mechanisms[identity-binding].scope",
        "0 is outside of 1 to 5",
    ),
    "severity above 5": (
        "mechanisms.toml",
        "irremediability = 4",
        "irremediability = 6",
        "mechanisms[identity-binding].irremediability",
        "6 is outside of 1 to 5",
    ),
    "variant number above 5": (
        "mechanisms.toml",
        'scale = 4\nscope = 4\nirremediability = 3\nseverity_reason = "Access',
        'scale = 6\nscope = 4\nirremediability = 3\nseverity_reason = "Access',
        "mechanisms[shut-off].variants[credential].scale",
        "6 is outside of 1 to 5",
    ),
    "variant beside an unknown safeguard": (
        "mechanisms.toml",
        'beside = ["continuity"]',
        'beside = ["constancy"]',
        "mechanisms[shut-off].variants[credential].beside",
        "unknown safeguard 'constancy'",
    ),
    "safeguard that serves a power and is unknown": (
        "mechanisms.toml",
        'turned = ["encryption"',
        'turned = ["cipher"',
        "mechanisms[lawful-access].turned",
        "unknown safeguard 'cipher'",
    ),
    "act with a broken expression": (
        "mechanisms.toml",
        'act = "',
        'act = "(',
        "mechanisms[lawful-access].act",
        "not a regular expression",
    ),
    "variant with a broken expression": (
        "mechanisms.toml",
        'id = "credential"\nwhere = "',
        'id = "credential"\nwhere = "(',
        "mechanisms[shut-off].variants[credential].where",
        "not a regular expression",
    ),
    "threshold above 5": ("severity.toml", "high_all = 4", "high_all = 6", "high_all", "6 is outside of 1 to 5"),
    "word that is not allowed": (
        "rights.toml",
        'derogation = "non-derogable"',
        'derogation = "never"',
        "rights[life].derogation",
        "'never' is none of",
    ),
    "derived key written down": (
        "mechanisms.toml",
        'id = "shut-off"',
        'safeguards = ["redress"]\nid = "shut-off"',
        "mechanisms[shut-off].safeguards",
        "unknown key",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_contradiction_is_refused_with_file_and_key(folder, case):
    name, old, new, key, what = CASES[case]
    edit(folder, name, old, new)
    with pytest.raises(DataError) as caught:
        read_taxonomy(folder)
    assert caught.value.message.startswith(f"{name}, key {key}: " if key else name)
    assert what in caught.value.message
    assert "docs/taxonomy.md" in caught.value.hint


def test_a_missing_file_is_named(folder):
    (folder / "compounds.toml").unlink()
    with pytest.raises(DataError, match=r"compounds\.toml: the file cannot be read"):
        read_taxonomy(folder)


@pytest.mark.parametrize(("name", "key"), [("safeguards", "safeguards"), ("articles", "instruments")])
def test_an_absent_array_is_named(folder, name, key):
    (folder / f"{name}.toml").write_text("", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        read_taxonomy(folder)
    assert caught.value.message == f"{name}.toml, key {key}: missing key"


def test_a_copy_of_the_files_has_the_same_digest_and_a_changed_byte_has_another(folder):
    assert read_taxonomy(folder).digest == load().digest
    edit(folder, "severity.toml", "# How", "# how")
    assert read_taxonomy(folder).digest != load().digest


def test_the_digest_is_sha256_over_names_lengths_and_bytes_in_the_order_of_the_files(folder):
    expected = sha256()
    for name in FILES:
        content = (folder / f"{name}.toml").read_bytes()
        expected.update(f"{name}.toml\0{len(content)}\0".encode() + content)
    assert load().digest == expected.hexdigest()
