"""The annotated PDF: highlights over the very words, notes in careful words, the original as it was."""

import re
from contextlib import suppress
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from random import Random

import pikepdf
import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas
from subjects import subject_of

from impact import pipeline
from impact.errors import ImpactError, LimitError, UnreadableError
from impact.extract import Limits
from impact.paths import shelf
from impact.report import ANNOTATORS, letter
from impact.report.annotate.pdf import annotate
from impact.sandbox.parent import perform
from impact.taxonomy import load

pytestmark = pytest.mark.long

PROPOSALS = shelf("corpora") / "proposals"
PDFS = sorted(PROPOSALS.glob("*.pdf"))
WIDTH, HEIGHT = 595, 842
FORBIDDEN = re.compile(r"\b(violat\w*|breach\w*|complian\w*|intent\w*|safe|no risk)\b", re.IGNORECASE)


def squeezed(text):
    return "".join(text.split()).replace("\ufffe", "").replace("\u2011", "-")


def assessed(data, folder):
    path = folder / "contribution.pdf"
    path.write_bytes(data)
    return pipeline.analyze(path, by=("cues",), jailed=False)


def noted(assessment, data):
    return pipeline.annotate(assessment, data, jailed=False)


def turned(turns, *, upright, crop=False, shift=0):
    """Return the sample with its pages turned, cropped and moved; `upright` pages show their text upright."""
    with pikepdf.open(PROPOSALS / "new-network.pdf") as pdf:
        for page in pdf.pages:
            width, height = (float(number) for number in page.mediabox[2:])
            matrices = (
                (1, 0, 0, 1, 0, 0),
                (0, 1, -1, 0, height, 0),
                (-1, 0, 0, -1, width, height),
                (0, -1, 1, 0, 0, width),
            )
            sides = (height, width) if upright and turns % 2 else (width, height)
            a, b, c, d, e, f = matrices[turns] if upright else matrices[0]
            page.contents_add(f"q {a} {b} {c} {d} {e + shift} {f - shift} cm".encode(), prepend=True)
            page.contents_add(b"Q")
            page.mediabox = [shift, -shift, shift + sides[0], sides[1] - shift]
            if crop:
                page.cropbox = [shift + 31, 23 - shift, shift + sides[0] - 17, sides[1] - 41 - shift]
            page.rotate(90 * turns, relative=False)
        out = BytesIO()
        pdf.save(out)
    return out.getvalue()


def words_of_notes(data):
    """Return by the id of each highlight the words that its quads cover, as PDFium finds them there."""
    found = {}
    with pikepdf.open(BytesIO(data)) as pdf, pypdfium2.PdfDocument(data) as seen:
        for number, page in enumerate(pdf.pages):
            text = seen[number].get_textpage()
            for note in page.get("/Annots", []):
                if note.Subtype != pikepdf.Name.Highlight:
                    continue
                numbers = [float(quadpoint) for quadpoint in note.QuadPoints]
                quads = [numbers[at : at + 8] for at in range(0, len(numbers), 8)]
                found.setdefault(str(note.NM), []).extend(covered(text, quad) for quad in quads)
    return {name: squeezed("".join(parts)) for name, parts in found.items()}


def covered(text, quad):
    left, right, bottom, top = min(quad[::2]), max(quad[::2]), min(quad[1::2]), max(quad[1::2])
    across, up = (0.3 * (right - left), 0.0) if top - bottom > 1.5 * (right - left) else (0.0, 0.3 * (top - bottom))
    return text.get_text_bounded(left + across, bottom + up, right - across, top - up)


def assert_covered(assessment, data):
    """Every finding has a highlight whose words are those of its evidence, and at most parts of words more."""
    found = words_of_notes(data)
    assert assessment.findings
    for rated in assessment.findings:
        wanted = [squeezed(assessment.document.quote(span)) for span in rated.finding.evidence]
        covering = found[rated.finding.id]
        assert all(words in covering for words in wanted), (wanted, covering)
        assert len(covering) <= len("".join(wanted)) + 12 * len(wanted)


@pytest.mark.parametrize("path", PDFS, ids=lambda path: path.stem)
def test_highlights_cover_the_words_of_the_evidence(path):
    assessment = pipeline.analyze(path, by=("cues",), jailed=False)
    if not assessment.findings:
        pytest.skip("this sample proposes nothing")

    assert_covered(assessment, noted(assessment, path.read_bytes()))


@pytest.mark.parametrize("turns", range(4))
@pytest.mark.parametrize(
    "how",
    [{"upright": True}, {"upright": True, "crop": True, "shift": 70}, {"upright": False, "crop": True}],
    ids=["upright", "cropped and moved", "lying"],
)
def test_highlights_cover_the_words_on_turned_and_cropped_pages(tmp_path, turns, how):
    data = turned(turns, **how)
    assessment = assessed(data, tmp_path)

    assert_covered(assessment, noted(assessment, data))


def test_quads_begin_at_the_top_left_of_the_words_as_displayed(tmp_path):
    data = turned(1, upright=True)
    assessment = assessed(data, tmp_path)

    with pikepdf.open(BytesIO(noted(assessment, data))) as pdf:
        notes = [note for page in pdf.pages for note in page.Annots if note.Subtype == pikepdf.Name.Highlight]
        x0, y0, x1, y1, x2, y2 = (float(number) for number in notes[0].QuadPoints[:6])

    assert x0 == x1  # the upper edge runs up the page in user space ...
    assert y1 > y0
    assert y2 == y0  # ... and what is lower as displayed lies to the right
    assert x2 > x0


def test_pdfminers_boxes_give_the_same_places(tmp_path):
    data = turned(1, upright=True, crop=True, shift=50)
    path = tmp_path / "contribution.pdf"
    path.write_bytes(data)
    options = pipeline.Options(pdf_engine="pdfminer")
    assessment = pipeline.analyze(path, by=("cues",), options=options, jailed=False)

    assert_covered(assessment, noted(assessment, data))


@pytest.fixture(scope="module")
def sample():
    path = PROPOSALS / "new-network.pdf"
    data = path.read_bytes()
    assessment = pipeline.analyze(path, by=("cues",), jailed=False)
    return assessment, data, noted(assessment, data)


@pytest.fixture
def notes(sample):
    """Return the notes in the annotated sample; they live as long as the file is open."""
    with pikepdf.open(BytesIO(sample[2])) as pdf:
        yield [note for page in pdf.pages for note in page.get("/Annots", [])]


def test_notes_say_mechanism_level_and_rights_in_careful_words(sample, notes):
    assessment, _, _ = sample
    contents = {str(note.NM): str(note.Contents) for note in notes}

    for rated in assessment.firm.findings:
        said = contents[rated.finding.id]
        mechanism = load().mechanisms[rated.finding.mechanism]
        assert said.startswith(f"{mechanism.name} ({rated.severity.level.value}")
        assert "may enable" in said
        assert all(load().rights[right.right].name in said for right in rated.rights if right.link == "primary")
        assert "not a verdict" in said
        assert not FORBIDDEN.search(said)


def test_notes_on_doubtful_findings_ask_and_say_no_consequence(sample, notes):
    assessment, _, _ = sample
    contents = {str(note.NM): str(note.Contents) for note in notes}

    doubtful = [rated for rated in assessment.findings if rated.finding.doubtful]
    assert doubtful
    for one in doubtful:
        said, mechanism = contents[one.finding.id], load().mechanisms[one.finding.mechanism]
        assert said.startswith("Needs review: ")
        assert f"({one.severity.level.value} severity if confirmed)" in said
        assert f"?\n{mechanism.definition}" in said
        assert not any(words in said for words in ("may enable", "Rights that", "Ask: "))


def test_first_page_says_what_the_notes_are_and_are_not(notes):
    (about,) = [note for note in notes if note.Subtype == pikepdf.Name.Text]

    assert "screening aid, not a verdict" in str(about.Contents)
    assert "A passage without a finding may still raise a concern" in str(about.Contents)


def test_highlights_that_a_reader_must_decide_have_a_color_of_their_own(notes):
    colors = [(str(note.Subj).startswith("Needs review"), tuple(map(float, note.C))) for note in notes if "/C" in note]

    unsure = {color for open_, color in colors if open_}
    assert len(unsure) == 1
    assert not unsure & {color for open_, color in colors if not open_}


def test_safeguards_are_highlighted_too():
    path = PROPOSALS / "careful-wallet.pdf"
    assessment = pipeline.analyze(path, by=("cues",), jailed=False)

    with pikepdf.open(BytesIO(noted(assessment, path.read_bytes()))) as pdf:
        titles = [str(note.Subj) for page in pdf.pages for note in page.get("/Annots", [])]

    firm = len(assessment.firm.safeguards)
    assert sum(title.startswith("Safeguard: ") for title in titles) == firm > 0
    assert sum(title.endswith(" (safeguard)") for title in titles) == len(assessment.safeguards) - firm > 0


def test_every_note_has_a_look_of_its_own_and_is_printed(notes):
    for note in notes:
        look = note.AP.N
        assert look.Subtype == pikepdf.Name.Form
        assert list(look.BBox) == list(note.Rect)
        assert note.F == 4


def test_viewers_show_the_highlights_and_the_letters_under_them(sample):
    _, data, made = sample

    def pixels(pdf, draw):
        with pypdfium2.PdfDocument(pdf) as document:
            return document[0].render(scale=1, may_draw_forms=False, draw_annots=draw).to_pil().convert("RGB")

    plain, shown = pixels(data, draw=True), pixels(made, draw=True)
    assert pixels(made, draw=False).tobytes() == plain.tobytes()
    colors = [bytes(each) for each in (plain.tobytes(), shown.tobytes())]
    pairs = [(colors[0][at : at + 3], colors[1][at : at + 3]) for at in range(0, len(colors[0]), 3)]
    assert sum(before != after for before, after in pairs) > 1000
    darkest = [after for before, after in pairs if max(before) < 40]
    assert sum(max(after) > 60 for after in darkest) < len(darkest) / 20  # black letters stay black, but for the sheet


def test_original_stays_as_it_was_but_for_the_notes(sample, tmp_path):
    assessment, data, made = sample

    again = assessed(made, tmp_path)

    assert again.document.text == assessment.document.text
    with pikepdf.open(BytesIO(data)) as before, pikepdf.open(BytesIO(made)) as after:
        assert [page.Contents.read_bytes() for page in before.pages] == [
            page.Contents.read_bytes() for page in after.pages
        ]
        assert dict(before.docinfo) == dict(after.docinfo)


def test_same_input_gives_the_same_bytes(sample):
    assessment, data, made = sample

    assert noted(assessment, data) == made


def test_child_under_limits_makes_the_same_file(sample):
    assessment, data, made = sample

    assert pipeline.annotate(assessment, data) == made


def test_child_that_takes_too_long_is_stopped(sample):
    assessment, data, _ = sample

    with pytest.raises(LimitError, match="took longer than"):
        pipeline.annotate(assessment, data, limits=Limits(wall_seconds=0.01))


def test_notes_that_were_there_stay(tmp_path):
    with pikepdf.open(PROPOSALS / "new-network.pdf") as pdf:
        link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[1, 2, 3, 4])
        shared = pdf.make_indirect(pikepdf.Array([pdf.make_indirect(link)]))
        for page in pdf.pages:
            page.Annots = shared
        out = BytesIO()
        pdf.save(out)
    assessment = assessed(out.getvalue(), tmp_path)

    with pikepdf.open(BytesIO(noted(assessment, out.getvalue()))) as pdf:
        kinds = [[str(note.Subtype) for note in page.Annots] for page in pdf.pages]

    assert all(page.count("/Link") == 1 for page in kinds)
    assert sum(page.count("/Highlight") for page in kinds) >= len(assessment.findings)
    assert [page.count("/Text") for page in kinds] == [1, 0, 0]


def test_annotations_that_are_no_list_do_no_harm(tmp_path):
    with pikepdf.open(PROPOSALS / "new-network.pdf") as pdf:
        pdf.pages[0].Annots = pikepdf.Name.Nothing
        out = BytesIO()
        pdf.save(out)
    assessment = assessed(out.getvalue(), tmp_path)

    assert_covered(assessment, noted(assessment, out.getvalue()))


def test_encrypted_file_is_refused_with_a_hint(tmp_path):
    with pikepdf.open(PROPOSALS / "new-network.pdf") as pdf:
        out = BytesIO()
        pdf.save(out, encryption=pikepdf.Encryption(owner="owner", user="", allow=pikepdf.Permissions(extract=True)))
    assessment = assessed(out.getvalue(), tmp_path)

    with pytest.raises(ImpactError, match="encrypted") as refusal:
        pipeline.annotate(assessment, out.getvalue())
    assert "without encryption" in refusal.value.hint


def test_signed_file_is_refused_with_a_hint(tmp_path):
    with pikepdf.open(PROPOSALS / "new-network.pdf") as pdf:
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=[], SigFlags=3)
        out = BytesIO()
        pdf.save(out)
    assessment = assessed(out.getvalue(), tmp_path)

    with pytest.raises(ImpactError, match="signed") as refusal:
        noted(assessment, out.getvalue())
    assert "new PDF" in refusal.value.hint


def test_another_file_than_the_one_analyzed_is_refused(sample):
    assessment, data, _ = sample

    with pytest.raises(ImpactError, match="has changed since"):
        noted(assessment, data + b"\n")


def test_bytes_that_are_no_pdf_are_refused(sample):
    with pytest.raises(UnreadableError, match="too damaged"):
        annotate(b"%PDF-1.7 nothing", "x.pdf", letter(subject_of(sample[0])))


@pytest.mark.parametrize("seed", range(6))
def test_damaged_bytes_are_annotated_or_refused_and_nothing_else(sample, seed):
    assessment, data, _ = sample
    chance = Random(seed)  # noqa: S311 - damage need not be secret
    damaged = bytearray(data if seed % 2 else data[: len(data) * (seed + 2) // 8])
    for at in chance.sample(range(len(damaged)), 40):
        damaged[at] = chance.randrange(256)

    with suppress(UnreadableError):
        made = perform(ANNOTATORS["pdf"], bytes(damaged), "x.pdf", letter(subject_of(assessment)), Limits())
        assert made.startswith(b"%PDF")


def test_pages_of_another_size_than_was_read_get_no_notes_and_that_is_said(sample):
    assessment, data, _ = sample
    pages = tuple(
        replace(page, width=page.width + (50 if page.number == 2 else 0)) for page in assessment.document.pages
    )
    document = replace(assessment.document, pages=pages)
    other = replace(assessment, proposal=replace(assessment.proposal, document=document))

    with pikepdf.open(BytesIO(noted(other, data))) as pdf:
        about = [str(note.Contents) for note in pdf.pages[0].Annots if note.Subtype == pikepdf.Name.Text]
        assert "/Annots" not in pdf.pages[1]
    assert re.search(r"\d+ of the notes could not be placed", about[0])


def test_page_boxes_without_sense_do_no_harm(tmp_path):
    canvas = Canvas(str(tmp_path / "made.pdf"), pagesize=(WIDTH, HEIGHT), invariant=1)
    canvas.drawString(72, 700, "The node shall inspect the payload of each packet of the subscriber.")
    canvas.save()
    with pikepdf.open(tmp_path / "made.pdf") as pdf:
        pdf.pages[0].obj.CropBox = pikepdf.Array([pikepdf.Name.a, 1, 2])
        pdf.pages[0].obj.Rotate = pikepdf.Name.Sideways
        out = BytesIO()
        pdf.save(out)
    assessment = assessed(out.getvalue(), tmp_path)

    assert_covered(assessment, noted(assessment, out.getvalue()))


def test_text_has_no_annotated_form(tmp_path):
    path = Path(tmp_path, "a.txt")
    path.write_text("The node shall inspect the payload of each packet.\n", encoding="utf-8")
    assessment = pipeline.analyze(path, by=("cues",), jailed=False)

    with pytest.raises(ImpactError, match="only PDF and DOCX"):
        noted(assessment, path.read_bytes())
