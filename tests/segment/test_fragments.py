"""Whether a PDF was cut into pieces of sentences."""

from dataclasses import replace

import pytest

from impact.extract.options import Options
from impact.extract.text import text
from impact.segment import segment
from impact.segment.fragments import fragment_warnings

SENTENCE = "The operator keeps a register of every terminal that attaches to its network."


def told(paragraphs: list[str], form: str) -> tuple[str, ...]:
    document = replace(text.read("\n\n".join(paragraphs).encode(), "a.txt", Options()), format=form)
    return fragment_warnings(document, segment(document))


def test_a_pdf_with_many_clauses_of_few_words_has_a_warning():
    (warning,) = told([SENTENCE, "of terminals, and"] * 15, "pdf")

    assert warning.startswith("15 of 30 clauses have fewer than 4 words")


@pytest.mark.parametrize(
    ("paragraphs", "form"),
    [
        ([SENTENCE, "of terminals, and"] * 15, "text"),
        ([SENTENCE, SENTENCE, "of terminals, and"] * 10, "pdf"),
        ([SENTENCE, "of terminals, and"] * 5, "pdf"),
        (["运营商应当保存连接到其网络的每一个终端的登记册并在三天之内交给主管机关。", SENTENCE] * 15, "pdf"),
    ],
    ids=["no PDF", "a third", "a short document", "words without spaces"],
)
def test_other_documents_have_none(paragraphs, form):
    assert told(paragraphs, form) == ()
