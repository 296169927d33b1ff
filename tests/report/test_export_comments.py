"""The commented Word original: each comment at the very words, all else as it was."""

import zipfile
from dataclasses import replace
from io import BytesIO

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from impact import pipeline
from impact.assess import assess
from impact.errors import ImpactError, UnreadableError
from impact.extract import Options, read_bytes
from impact.paths import shelf
from impact.present.lists import inside
from impact.provenance import provenance
from impact.records import ChangeKind, Classification, Finding, Span, Strength
from impact.segment import segment
from impact.taxonomy import load

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = (
    f'xmlns:w="{W}" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGES = "http://schemas.openxmlformats.org/package/2006"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
PROPOSALS = shelf("corpora") / "proposals"
BOX = (
    "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx><w:txbxContent>{0}"
    "</w:txbxContent></wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>{0}"
    "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
)


def make(body, *, main=MAIN, extra=(), **parts):
    """Return a DOCX with this content of w:body, and of further parts ("footnotes", "comments")."""
    relations = "".join(f'<Relationship Id="r{part}" Type="{OFFICE}/{part}" Target="{part}.xml"/>' for part in parts)
    types = f'<Override PartName="/word/document.xml" ContentType="{main}"/>'
    types += "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{MAIN.replace("document.main", part)}"/>' for part in parts
    )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGES}/content-types">'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGES}/relationships"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGES}/relationships">{relations}</Relationships>',
        "word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>",
        **{f"word/{part}.xml": f"<w:{part} {NAMES}>{xml}</w:{part}>" for part, xml in parts.items()},
        **dict(extra),
    }
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in files.items():
            archive.writestr(name, xml)
    return packed.getvalue()


def run(text, properties=""):
    return f'<w:r>{properties and f"<w:rPr>{properties}</w:rPr>"}<w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs, properties=""):
    return f"<w:p>{properties and f'<w:pPr>{properties}</w:pPr>'}{''.join(runs)}</w:p>"


def assessed(data, *quotes, view="accepted"):
    """Return the assessment of a DOCX in which each of the quotes carries a finding."""
    options = Options(view=view)
    document = read_bytes(data, "made.docx", options, jailed=False)
    proposal = pipeline.describe(document)
    clauses = segment(document)
    findings = []
    for number, words in enumerate(quotes):
        start = document.text.index(words)
        evidence = Span(start, start + len(words))
        clause = next(clause for clause in clauses if clause.span.meets(evidence))
        found = Finding(f"f{number}", clause.id, "shut-off", 0.9, False, ("cues",), (evidence,), Strength.MUST)  # noqa: FBT003
        findings.append(found)
    made = provenance(options, ("cues",), pipeline.datetime(2026, 11, 24, tzinfo=pipeline.UTC))
    return assess(proposal, clauses, Classification(tuple(findings)), load(), made)


def commented(data, assessment):
    return pipeline.annotate(assessment, data, jailed=False)


def anchors(data, view="accepted"):
    """Return the words at which each comment of a title stands, as the extraction reads them again."""
    document = read_bytes(data, "made.docx", Options(view=view), jailed=False)
    return [
        (document.quote(comment.span), comment.text)
        for comment in document.comments
        if not comment.text.startswith("Human rights")
    ]


def at_words(data, *quotes, view="accepted"):
    """Return the words of each comment after commenting on the quotes, checking that the rest stays as it was."""
    assessment = assessed(data, *quotes, view=view)
    made = commented(data, assessment)
    for each in ("accepted", "original"):
        before = read_bytes(data, "made.docx", Options(view=each), jailed=False)
        after = read_bytes(made, "made.docx", Options(view=each), jailed=False)
        assert after.text == before.text
        assert after.changes == before.changes
    docx.Document(BytesIO(made))
    found = anchors(made, view)
    assert not any("could not be found exactly" in text for _, text in found)
    return [words for words, _ in found]


def test_comment_stands_at_the_words_inside_of_one_run():
    data = make(paragraph(run("The node shall cut off the caller at once.", "<w:b/>")))

    assert at_words(data, "cut off the caller") == ["cut off the caller"]


def test_comment_stands_at_words_over_several_runs():
    data = make(paragraph(run("The node shall c"), run("ut o", "<w:i/>"), run("ff the cal"), run("ler at once.")))

    assert at_words(data, "cut off the caller") == ["cut off the caller"]


def test_split_runs_keep_their_look():
    data = make(paragraph(run("The node shall cut off the caller at once.", '<w:b/><w:color w:val="FF0000"/>')))

    made = docx.Document(BytesIO(commented(data, assessed(data, "cut off"))))

    runs = [run for run in made.paragraphs[0].runs if run.text]
    assert [run.text for run in runs] == ["The node shall ", "cut off", " the caller at once."]
    assert all(run.bold and str(run.font.color.rgb) == "FF0000" for run in runs)


def test_comment_stands_at_the_second_of_two_equal_quotes():
    data = make(paragraph(run("It may cut off a caller. "), run("Then it shall cut off a caller again.")))
    assessment = assessed(data, "cut off a caller")
    text = assessment.document.text
    second = text.rindex("cut off a caller")
    judged = assessment.findings[0]
    finding = replace(judged.finding, evidence=(Span(second, second + 16),))

    made = commented(data, replace(assessment, findings=(replace(judged, finding=finding),)))

    document = read_bytes(made, "made.docx", jailed=False)
    assert [comment.span.start for comment in document.comments if "Shut-off" in comment.text] == [second]


@pytest.mark.parametrize(
    ("view", "words"), [("accepted", "cut off every caller"), ("original", "cut off no caller")], ids=str
)
def test_comment_stands_at_words_with_revisions_in_them(view, words):
    data = make(
        paragraph(
            run("The node shall cut off "),
            '<w:del w:id="1" w:author="A"><w:r><w:delText xml:space="preserve">no</w:delText></w:r></w:del>',
            f'<w:ins w:id="2" w:author="A">{run("every")}</w:ins>',
            run(" caller at once."),
        )
    )

    assert at_words(data, words, view=view) == [words]


def test_comment_inside_of_an_insertion_leaves_it_one_change():
    inserted = f'<w:ins w:id="2" w:author="A">{run("The node shall cut off the caller at once.")}</w:ins>'
    data = make(paragraph(run("Before. "), inserted))

    assert at_words(data, "cut off the caller") == ["cut off the caller"]
    changes = read_bytes(commented(data, assessed(data, "cut off")), "made.docx", jailed=False).changes
    assert [change.kind for change in changes] == [ChangeKind.INSERTED]


def test_comments_stand_in_the_cells_of_a_table():
    cells = ("No.", "The node shall cut off the caller.", "The node shall log the call.")
    row = "".join(f"<w:tc>{paragraph(run(cell))}</w:tc>" for cell in cells)
    data = make(f"{paragraph(run('Table'))}<w:tbl><w:tr>{row}</w:tr><w:tr>{row}</w:tr></w:tbl>{paragraph()}")

    assert at_words(data, "cut off the caller", "log the call") == ["cut off the caller", "log the call"]


def test_comment_may_reach_over_two_cells():
    row = "".join(f"<w:tc>{paragraph(run(cell))}</w:tc>" for cell in ("Each node", "cuts off callers"))
    data = make(f"<w:tbl><w:tr>{row}</w:tr></w:tbl>{paragraph()}")

    assert at_words(data, "node | cuts off") == ["node | cuts off"]


def test_comment_stands_at_words_with_links_fields_breaks_and_hyphens():
    data = make(
        paragraph(
            f"<w:hyperlink>{run('The node')}</w:hyperlink>",
            "<w:r><w:tab/><w:t>shall</w:t><w:br/><w:t>cut</w:t><w:noBreakHyphen/>",
            "<w:t>off the\u00a0cal\u00adler</w:t></w:r>",
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x cut-off</w:instrText></w:r>',
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
            run(" of 5.1"),
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            run(" at once."),
        )
    )

    assert at_words(data, "cut-off the caller of 5.1") == ["cut-off the caller of 5.1"]
    assert at_words(data, "node\tshall") == ["node\tshall"]


def test_hidden_words_between_are_stepped_over():
    data = make(paragraph(run("The node shall "), run("never ", "<w:vanish/>"), run("cut off the caller.")))

    assert at_words(data, "shall cut off") == ["shall cut off"]


def test_several_comments_in_one_run_stand_each_at_its_words():
    data = make(paragraph(run("The node shall cut off the caller and log the call and name the person.")))
    quotes = ("the caller and log", "cut off the caller", "name the person", "The node shall cut off the caller")

    assert sorted(at_words(data, *quotes)) == sorted(quotes)


@pytest.fixture
def with_notes():
    """Return a DOCX whose power stands in a footnote."""
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    body = paragraph(run("First.")) + paragraph(run("The node routes calls."), reference, run(" It is quick."))
    footnote = f'<w:footnote w:id="2">{paragraph(run("The node shall cut off the caller."))}</w:footnote>'
    return make(body, footnotes=footnote)


def test_comment_on_a_footnote_stands_at_the_paragraph_that_refers_to_it_and_says_so(with_notes):
    made = commented(with_notes, assessed(with_notes, "cut off the caller"))

    ((words, text),) = anchors(made)
    assert words == "The node routes calls. It is quick."
    assert "could not be found exactly" in text


def test_comments_not_at_their_words_are_counted(with_notes):
    made = commented(with_notes, assessed(with_notes, "cut off the caller"))

    about = [comment.text for comment in docx.Document(BytesIO(made)).comments][-1]
    assert "1 of the comments stand at a paragraph" in about


def test_comment_on_a_text_box_stands_at_the_paragraph_that_holds_it():
    box = paragraph(run("The node shall cut off the caller."))
    data = make(paragraph(run("A figure."), BOX.format(box)) + paragraph(run("After.")))

    made = commented(data, assessed(data, "cut off the caller"))

    document = docx.Document(BytesIO(made))
    marks = document.element.body.findall(f".//{{{W}}}commentRangeStart")
    assert {mark.getparent().getparent().tag for mark in marks} == {f"{{{W}}}body"}
    assert len({mark.get(f"{{{W}}}id") for mark in marks}) == len(marks) == 2


def test_symbols_of_fonts_in_the_words_lead_to_the_paragraph():
    symbol = '<w:r><w:sym w:font="Symbol" w:char="F061"/></w:r>'
    data = make(paragraph(run("The node shall cut "), symbol, run(" off the caller.")))
    assessment = assessed(data, "The node")
    judged = assessment.findings[0]
    whole = Span(0, len(assessment.document.text.rstrip()))
    finding = replace(judged.finding, evidence=(whole,))

    made = commented(data, replace(assessment, findings=(replace(judged, finding=finding),)))

    ((words, text),) = anchors(made)
    assert words == assessment.document.quote(whole)
    assert "could not be found exactly" in text


def test_comments_that_were_there_stay():
    old = f'<w:comment w:id="7" w:author="Ann">{paragraph(run("Why?"))}</w:comment>'
    marks = (
        '<w:commentRangeStart w:id="7"/>',
        '<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>',
    )
    data = make(
        paragraph(run("The node shall "), marks[0], run("cut off"), marks[1], run(" the caller.")), comments=old
    )

    made = commented(data, assessed(data, "shall cut off the caller"))

    assert ("cut off", "Why?") in anchors(made)
    ids = [comment.comment_id for comment in docx.Document(BytesIO(made)).comments]
    assert ids == [7, 8, 9]
    assert "shall cut off the caller" in [words for words, _ in anchors(made)]


def test_parts_that_are_not_written_are_carried_over_byte_for_byte():
    picture = bytes(range(256))
    data = make(paragraph(run("The node shall cut off the caller.")), extra={"word/media/a.png": picture}.items())

    made = commented(data, assessed(data, "cut off"))

    with zipfile.ZipFile(BytesIO(made)) as packed:
        assert packed.read("word/media/a.png") == picture
        assert packed.namelist()[0] == "[Content_Types].xml"
        assert b"comments+xml" in packed.read("[Content_Types].xml")


@pytest.mark.parametrize("name", ["new-network.docx", "street-cameras.docx"])
def test_every_finding_of_the_samples_has_a_comment_at_its_words(name):
    path = PROPOSALS / name
    assessment = pipeline.analyze(path, by=("cues",), jailed=False)

    made = commented(path.read_bytes(), assessment)

    found = anchors(made)
    for rated in assessment.findings:
        hull = Span(rated.finding.evidence[0].start, max(span.end for span in rated.finding.evidence))
        words, mechanism = assessment.document.quote(hull), load().mechanisms[rated.finding.mechanism]
        start = f"Needs review: {inside(mechanism.name)}" if rated.finding.doubtful else mechanism.name
        assert any(words == quoted and said.startswith(start) for quoted, said in found)


def test_comments_say_mechanism_level_and_rights_in_careful_words():
    path = PROPOSALS / "new-network.docx"
    assessment = pipeline.analyze(path, by=("cues",), jailed=False)

    said = [comment.text for comment in docx.Document(BytesIO(commented(path.read_bytes(), assessment))).comments]

    findings = [text for text in said if "may enable" in text]
    assert len(findings) == len(assessment.firm.findings)
    assert all("Rights that it may touch: " in text and "not a verdict" in text for text in findings)
    assert said[-1].startswith("Human rights brief\nHuman rights brief: a screening aid, not a verdict.")


def test_same_input_gives_the_same_bytes_in_the_jail_too():
    path = PROPOSALS / "new-network.docx"
    data = path.read_bytes()
    assessment = pipeline.analyze(path, by=("cues",), jailed=False)

    assert commented(data, assessment) == commented(data, assessment) == pipeline.annotate(assessment, data)


@pytest.mark.parametrize("kind", ["macroEnabled.main+xml", "template.main+xml"])
def test_macros_and_templates_are_refused_with_a_hint(kind):
    main = {"macroEnabled.main+xml": "application/vnd.ms-word.document.macroEnabled.main+xml"}.get(
        kind, "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
    )
    data = make(paragraph(run("The node shall cut off the caller.")), main=main)

    with pytest.raises(ImpactError, match="template or contains macros") as refusal:
        commented(data, assessed(data, "cut off"))
    assert "Save it as .docx" in refusal.value.hint


def test_signed_file_is_refused_with_a_hint():
    data = make(paragraph(run("The node shall cut off the caller.")), extra={"_xmlsignatures/sig1.xml": "<a/>"}.items())

    with pytest.raises(ImpactError, match="signed") as refusal:
        commented(data, assessed(data, "cut off"))
    assert "without signatures" in refusal.value.hint


def test_document_of_the_strict_variant_gets_comments_of_that_variant():
    data = make(paragraph(run("The node shall cut off the caller.")))
    strict = "http://purl.oclc.org/ooxml/"
    packed = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(packed, "w") as new:
        for name in old.namelist():
            xml = old.read(name).decode().replace(W, f"{strict}wordprocessingml/main")
            new.writestr(name, xml.replace(OFFICE, f"{strict}officeDocument/relationships"))
    data = packed.getvalue()

    made = commented(data, assessed(data, "cut off the caller"))

    assert [words for words, _ in anchors(made)] == ["cut off the caller"]
    with zipfile.ZipFile(BytesIO(made)) as after:
        assert f"{strict}officeDocument/relationships/comments" in after.read("word/_rels/document.xml.rels").decode()
        assert f"{strict}wordprocessingml/main" in after.read("word/comments.xml").decode()


def test_bytes_that_are_no_word_file_are_refused():
    from impact.report.annotate.docx import annotate

    with pytest.raises(UnreadableError, match="too damaged"):
        annotate(b"PK nothing", "x.docx", '{"notes": []}')


def test_old_word_file_has_no_annotated_form():
    data = make(paragraph(run("The node shall cut off the caller.")))
    assessment = assessed(data, "cut off")
    document = replace(assessment.document, format="doc")

    with pytest.raises(ImpactError, match="only PDF and DOCX"):
        commented(data, replace(assessment, proposal=replace(assessment.proposal, document=document)))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_comments_stand_at_their_words_however_the_runs_are_cut(data):
    words = data.draw(
        st.lists(st.sampled_from(["cut", "off", "a", "caller", "cut off", "\u00e9t\u00e9"]), min_size=3, max_size=9)
    )
    text = " ".join(words)
    cuts = sorted(data.draw(st.sets(st.integers(1, len(text) - 1), max_size=6)))
    pieces = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    inserted = data.draw(st.lists(st.booleans(), min_size=len(pieces), max_size=len(pieces)))
    runs = [
        f"<w:ins w:id='1'>{run(one)}</w:ins>" if new else run(one) for one, new in zip(pieces, inserted, strict=True)
    ]
    file = make(paragraph(run("Intro.")) + paragraph(*runs))
    assessment = assessed(file, words[0])
    start = assessment.document.text.index(text)
    begin = data.draw(st.sampled_from([at for at, letter in enumerate(text) if letter != " "]))
    end = data.draw(st.sampled_from([at for at, letter in enumerate(text) if letter != " " and at >= begin])) + 1
    judged = assessment.findings[0]
    finding = replace(judged.finding, evidence=(Span(start + begin, start + end),))

    made = commented(file, replace(assessment, findings=(replace(judged, finding=finding),)))

    document = read_bytes(made, "made.docx", jailed=False)
    assert Span(start + begin, start + end) in [comment.span for comment in document.comments]
    assert document.text == assessment.document.text
