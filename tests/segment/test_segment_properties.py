from collections.abc import Callable
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from impact.records import Document
from impact.segment import segment

TEXTS = st.one_of(
    st.sampled_from(
        [
            "The node shall count.", "a) one", "b) two:", "i) three", "7.1 It may count.", "1. First",
            "1 Scope", "2 Access", "2.1 Users", "Annex A", "References", "NOTE \u2013 Small", "\u2022 a \u2022 b",
            "The node: a) one; b) two; and c) three.", "Contents", "1 Scope .......... 4", "Abstract", "REQ-1 The node",
            "\u2013", "3.5", "I. Part", "[1] A book, 2019",
        ]
    ),
    st.text(alphabet=st.sampled_from("aB1.) (:;\u2013•\t\n"), min_size=1, max_size=40),
)  # fmt: skip
BLOCKS = st.lists(
    st.tuples(
        st.sampled_from(["heading", "paragraph", "paragraph", "item", "code", "note", "caption", "contents"]),
        TEXTS,
        st.fixed_dictionaries(
            {"level": st.integers(0, 3), "number": st.sampled_from(["", "", "", "b)", "2.1", "\u2013"])}
        ),
    ),
    max_size=14,
)


@given(BLOCKS, st.sampled_from(["docx", "pdf", "text"]))
def test_clauses_are_ordered_apart_unique_and_whole(build: Callable[..., Document], blocks: list, kind: str) -> None:
    document = build(*blocks, format=kind)

    clauses = segment(document)

    assert all(one.span.end <= other.span.start for one, other in pairwise(clauses))
    assert len({clause.id for clause in clauses}) == len(clauses)
    for clause in clauses:
        text = document.quote(clause.span)
        sentences = "".join(document.quote(sentence) for sentence in clause.sentences)
        assert not clause.sentences or "".join(sentences.split()) == "".join(text.split())
        assert len(clause.strengths) == len(clause.sentences)
    inside = [block for block in document.blocks if any(block.span.covers(clause.span) for clause in clauses)]
    assert len(inside) == len(document.blocks)


SENTENCE = st.sampled_from(["The node shall count.", "It is slow.", "Users may ask.", "There is a list."])


@given(st.lists(st.lists(SENTENCE, min_size=1, max_size=4), min_size=2, max_size=4), st.data())
def test_a_new_paragraph_changes_no_address_in_other_sections(
    build: Callable[..., Document], sections: list[list[str]], data: st.DataObject
) -> None:
    changed = data.draw(st.integers(0, len(sections) - 1))

    def addresses(*, extra: bool) -> dict[int, list[str]]:
        blocks = []
        for index, texts in enumerate(sections):
            blocks.append(("heading", f"Section about {'abcd'[index]}", {"level": 1}))
            blocks += [
                ("paragraph", text) for text in [*(["A new one."] if extra and index == changed else []), *texts]
            ]
        found: dict[int, list[str]] = {}
        for clause in segment(build(*blocks)):
            section = clause.headings[0] if clause.headings else ""
            found.setdefault("abcd".find(section[-1:]) if section else -1, []).append(clause.id)
        return found

    before, after = addresses(extra=False), addresses(extra=True)

    assert {index: ids for index, ids in before.items() if index != changed} == {
        index: ids for index, ids in after.items() if index != changed
    }


def test_a_long_document_takes_steps_in_proportion(
    build: Callable[..., Document], steps: Callable[[Callable[[], object]], int]
) -> None:
    def of_blocks(count: int) -> int:
        blocks = [
            ("heading" if n % 9 == 0 else "paragraph", f"{n // 9 + 1} The node shall count. " * 6) for n in range(count)
        ]
        document = build(*blocks, format="pdf")
        return steps(lambda: segment(document))

    of_blocks(50)

    assert of_blocks(2_000) < 6 * of_blocks(400)
