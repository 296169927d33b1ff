"""A document that names a draft openly is not its re-issue, however much it treats of it."""

from dataclasses import replace
from pathlib import Path

import pytest

from impact.match import neighborhood, open_library, sketch_of
from impact.match.citing import names
from impact.match.library import SketchLibrary, add
from impact.match.rule import chance, strength
from impact.match.signals import align, signals
from impact.match.sketch import Sketch
from impact.paths import shelf
from impact.pipeline import analyze
from tests.made.sketches import bare_sketch

DRAFT = shelf("corpora") / "reissues" / "fir-01-original.txt"

MENTION = """Dial-in conference bridges: a profile

This profile describes the bridge and its codecs.

1. A bridge shall offer three codecs and shall mix at most 40 voices.
2. The chair may mute a voice, and shall see who was muted.
3. A recording starts only after a tone of two seconds.
4. The bridge finds its resolver as described in draft-brannikov-resolver-announce-02.
5. Recordings are deleted after 20 days.
6. A participant can leave by pressing any key.
"""

COMMENT = """Comments on draft-brannikov-resolver-announce-02

Cable Consumers League, 3 May 2034

We have read draft-brannikov-resolver-announce-02 and comment on each section.

1. Section 2 states that "A host MUST ignore an RAO that it received without a valid router signature." We agree
that a host should ignore an option without a signature of the router. Few routers sign today.

2. The option has at most four addresses, one priority between 0 and 15, and a lifetime of no more than 86400
seconds. We find four addresses too few.

3. Under 3.1 the host verifies the certificate of the resolver against its authentication name before the first
query. This is right, and so is that the host does not fall back to unencrypted DNS after a failed verification.

4. Under 3.2 the lowest priority value is selected, and ties are broken by the order of receipt. Random order
would be fairer.

5. A resolver that the user configured by hand takes precedence over the option, but one preset by an
application does not. Applications would have to hand their queries to the host, which we oppose.

6. The host moves on to the next option after three queries without an answer in two seconds each, and does not
return for ten minutes. We would wait an hour.

7. Section 4 says: "The access network MAY block connections to other resolvers on port 853, but MUST then state
so with the E flag in the option." Blocking of other resolvers on port 853 should be deleted, flag or no flag.

8. A network with the E flag should publish the names that its resolver refuses to answer; we ask for "must".

9. The resolver keeps the address of a querying host for at most 24 hours and adds no client subnet to
queries upstream. Good.
"""

ANSWER = """Liaison statement: answer on the announcement of encrypted resolvers

To: Edge Protocols Assembly. From: Forum of Access Providers. 30 May 2034

Thank you for "Announcing an Encrypted Resolver to Hosts on Attachment". Our members discussed it.

1. Access networks can carry the option in router advertisements and DHCPv6, with the authentication name of the
resolver, its addresses, a priority and a lifetime of one day.

2. Hosts of our members verify the certificate against the authentication name before the first query, and do
not fall back to unencrypted DNS if verification fails.

3. Our hosts choose the lowest priority value and break ties by the order of receipt.

4. A resolver that was configured by the user by hand takes precedence over the option.

5. After three queries that remained without an answer for two seconds each, hosts can move on to the next
option and stay away from the failed one for ten minutes.

6. Networks do not need to block connections to other resolvers on port 853.

7. Resolvers of our members delete the address of a querying host within 24 hours.
"""

TEXTS = {"mention": MENTION, "comment": COMMENT, "answer": ANSWER}


def sketched(path: Path) -> Sketch:
    return sketch_of(analyze(path, by=("cues",), jailed=False))


@pytest.fixture(scope="module")
def draft() -> Sketch:
    return sketched(DRAFT)


@pytest.fixture(scope="module")
def library(draft: Sketch, tmp_path_factory: pytest.TempPathFactory) -> SketchLibrary:
    folder = tmp_path_factory.mktemp("library")
    add(folder, draft)
    return open_library(folder)


@pytest.mark.parametrize(("kind", "near"), [("mention", False), ("comment", True), ("answer", True)])
def test_a_document_that_cites_a_draft_is_no_match_of_it(
    kind: str, library: SketchLibrary, draft: Sketch, tmp_path: Path, *, near: bool
) -> None:
    path = tmp_path / f"{kind}.txt"
    path.write_text(TEXTS[kind], encoding="utf-8")
    sketch = sketched(path)

    found = neighborhood(sketch, library)

    evidence = signals(draft, sketch, align(draft, sketch))
    assert bool(strength(evidence, chance(evidence))) is near
    assert found.matches == ()
    assert {candidate.strength for candidate in found.nearest} <= {"one cites the other"}
    assert bool(found.nearest) or not near


def test_a_draft_with_nearly_the_same_text_is_a_match_although_it_names_its_source(
    library: SketchLibrary, draft: Sketch, tmp_path: Path
) -> None:
    path = tmp_path / "again.txt"
    text = DRAFT.read_text(encoding="utf-8")
    renamed = text.replace("draft-brannikov-resolver-announce-02", "draft-other-local-names-00")
    path.write_text(f"{renamed}\n7.  History\n\n   This text replaces {draft.number} of last year.\n", encoding="utf-8")

    found = neighborhood(sketched(path), library)

    assert [candidate.name for candidate in found.matches] == [draft.name]


NAMELESS = bare_sketch("This answers SG4-C233 and the Rules for Signed Numbers on Trunks, page 2.")


@pytest.mark.parametrize(
    ("number", "title", "named"),
    [
        ("SG4-C233", "", True),
        ("SG4-C233R2", "", True),
        ("SG4-C23", "", False),
        ("", "Rules for signed numbers on trunks", True),
        ("", "Signed numbers", False),
        ("2", "", False),
        ("", "", False),
    ],
)
def test_a_document_is_named_by_its_number_or_a_title_of_several_words(number: str, title: str, *, named: bool) -> None:
    assert names(NAMELESS, replace(NAMELESS, number=number, title=title)) is named


def test_a_revision_does_not_cite_what_it_revises() -> None:
    revision = replace(NAMELESS, number="SG4-C233R1")

    assert not names(revision, replace(NAMELESS, number="SG4-C233"))
