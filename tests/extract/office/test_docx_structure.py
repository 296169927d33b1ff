import io

import docx as python_docx
from hypothesis import given
from hypothesis import strategies as st

from impact.extract import Options
from impact.extract.office import docx as reader
from impact.extract.office.styles import kind_of_name
from impact.records import BlockKind, PageVerdict, Span

WHO = 'w:author="Ana" w:date="2024-03-05T10:00:00Z"'


def text(words):
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def cell(content, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def row(*cells):
    return f"<w:tr>{''.join(cells)}</w:tr>"


def table(*rows):
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def field(instruction, result):
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{instruction}</w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def styled(style, words):
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>'


def quotes(document):
    return [document.quote(block.span) for block in document.blocks]


def saved(document):
    packed = io.BytesIO()
    document.save(packed)
    return packed.getvalue()


def test_a_document_of_another_program_keeps_headings_bold_size_and_properties():
    made = python_docx.Document()
    made.core_properties.title = "On logging"
    made.core_properties.author = "Ana"
    made.add_heading("Scope", level=1)
    made.add_paragraph().add_run("Bold words.").bold = True
    document = reader.read(saved(made), "made.docx", Options())
    assert [(block.kind, block.level, block.bold) for block in document.blocks] == [
        (BlockKind.HEADING, 1, True),
        (BlockKind.PARAGRAPH, 0, True),
    ]
    assert document.blocks[0].size == 14.0
    assert (document.property("title"), document.property("creator")) == ("On logging", "Ana")
    assert (document.format, document.engine, document.paged, len(document.pages)) == ("docx", "lxml", False, 1)


def test_style_names_of_word_and_of_standards_bodies_say_the_kind():
    assert kind_of_name("Heading 3") == (BlockKind.HEADING, 3)
    assert kind_of_name("Überschrift 2") == (BlockKind.HEADING, 2)
    assert kind_of_name("Rec_title") == (BlockKind.HEADING, 1)
    assert kind_of_name("Annex_No & title") == (BlockKind.HEADING, 1)
    assert kind_of_name("Heading_b") == (BlockKind.HEADING, 8)
    assert kind_of_name("enumlev2") == (BlockKind.ITEM, 2)
    assert kind_of_name("toc 1") == (BlockKind.CONTENTS, 1)
    assert kind_of_name("Note") == (BlockKind.NOTE, 0)
    assert kind_of_name("Table_NoTitle") == (BlockKind.CAPTION, 0)
    assert kind_of_name("Normal") is None


def test_a_style_is_judged_by_the_one_it_is_based_on(read_docx):
    styles = (
        '<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="My clause"/><w:basedOn w:val="H2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style>'
    )
    block = read_docx(styled("Mine", "Scope"), styles=styles).blocks[0]
    assert (block.kind, block.level, block.style) == (BlockKind.HEADING, 2, "My clause")


def test_styles_based_on_each_other_in_a_circle_end(read_docx):
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{one}"><w:name w:val="{one}"/><w:basedOn w:val="{other}"/></w:style>'
        for one, other in (("A", "B"), ("B", "A"))
    )
    assert read_docx(styled("A", "x"), styles=styles).text == "x"


def test_a_merged_cell_is_read_once(read_docx):
    body = table(
        row(cell(text("tall"), '<w:vMerge w:val="restart"/>'), cell(text("a")), cell(text("b"))),
        row(cell(text(""), "<w:vMerge/>"), cell(text("wide"), '<w:gridSpan w:val="2"/>')),
        row(cell(text("c")), cell(text("d")), cell(text("e"))),
    )
    document = read_docx(body)
    assert quotes(document) == ["tall | a | b", "wide", "c | d | e"]
    assert [[document.quote(cell) for cell in block.cells] for block in document.blocks] == [
        ["tall", "a", "b"],
        ["wide"],
        ["c", "d", "e"],
    ]


def test_what_lies_under_a_merged_cell_is_not_read(read_docx):
    under = cell(text("under"), '<w:vMerge w:val="continue"/>')
    first = row(cell(text("tall"), '<w:vMerge w:val="restart"/>'), cell(text("a")))
    document = read_docx(table(first, row(under, cell(text("b"))), row(under, cell(text("c")))))
    assert quotes(document) == ["tall | a", "b", "c"]


def test_a_merge_that_continues_nothing_is_read(read_docx):
    body = table(row(cell(text("a"), "<w:vMerge/>"), cell(text("b"))))
    assert quotes(read_docx(body)) == ["a | b"]


def test_rows_know_their_table(read_docx):
    one = table(row(cell(text("a")), cell(text("b"))))
    document = read_docx(one + text("between") + one)
    assert [(block.kind, block.table) for block in document.blocks] == [
        (BlockKind.ROW, 0),
        (BlockKind.PARAGRAPH, -1),
        (BlockKind.ROW, 1),
    ]


def test_a_table_with_one_column_is_paragraphs(read_docx):
    document = read_docx(table(row(cell(text("One.") + text("Two.")))))
    assert [(block.kind, document.quote(block.span)) for block in document.blocks] == [
        (BlockKind.PARAGRAPH, "One."),
        (BlockKind.PARAGRAPH, "Two."),
    ]


def test_a_row_with_running_text_is_paragraphs(read_docx):
    long = "The network keeps it. " * 12
    document = read_docx(table(row(cell(text("Abstract")), cell(text(long) + text(long)))))
    assert [block.kind for block in document.blocks] == [BlockKind.PARAGRAPH] * 3


def test_a_table_in_a_cell_is_read_in_its_place(read_docx):
    inner = table(row(cell(text("x")), cell(text("y"))))
    document = read_docx(table(row(cell(text("before") + inner + text("after")), cell(text("beside")))))
    assert quotes(document) == ["before", "x | y", "after", "beside"]


def test_the_paragraphs_of_a_cell_are_lines_of_it(read_docx):
    document = read_docx(table(row(cell(text("Source:")), cell(text("Org A") + text("Org B")))))
    assert quotes(document) == ["Source: | Org A\nOrg B"]


def test_fields_show_their_result_and_not_their_code(read_docx):
    result = "<w:r><w:t>clause 7</w:t></w:r>"
    assert read_docx(f"<w:p>{field('REF _x', result)}</w:p>").text == "clause 7"


def test_a_field_that_never_ends_hides_no_later_paragraph(read_docx):
    broken = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>XE</w:instrText></w:r></w:p>'
    assert read_docx(broken + text("Still here.")).text == "Still here."


def test_the_result_of_a_contents_field_is_contents_until_a_heading(read_docx):
    begin = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o </w:instrText></w:r>'
    body = f'{begin}<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1 Scope</w:t></w:r></w:p>'
    body += text("2 Terms") + styled("H1", "Scope") + text("Body.")
    styles = '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>'
    kinds = [block.kind for block in read_docx(body, styles=styles).blocks]
    assert kinds == [BlockKind.CONTENTS, BlockKind.CONTENTS, BlockKind.HEADING, BlockKind.PARAGRAPH]


def test_special_characters_become_plain_ones(read_docx):
    inner = "<w:t>a</w:t><w:tab/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t><w:softHyphen/><w:t>d\u00a0e</w:t><w:br/>"
    inner += '<w:sym w:font="Symbol" w:char="F061"/><w:sym w:font="Wingdings" w:char="F0FC"/>'
    assert read_docx(f"<w:p><w:r>{inner}</w:r></w:p>").text == "a\tb-c\u00add e\nα✓"  # noqa: RUF001


def test_hidden_text_is_left_out_and_said(read_docx):
    document = read_docx("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r><w:r><w:t>seen</w:t></w:r></w:p>")
    assert document.text == "seen"
    assert document.warnings == ("6 characters of hidden text were not read.",)


def test_a_text_box_is_read_once_after_its_paragraph(read_docx):
    box = f"<w:txbxContent>{text('In the box.')}</w:txbxContent>"
    shape = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    document = read_docx(f"<w:p><w:r><w:t>Anchor.</w:t>{shape}</w:r></w:p>" + text("Next."))
    assert quotes(document) == ["Anchor.", "In the box.", "Next."]
    assert list(document.layout.origins) == [0, 1, 3]


def test_content_controls_and_links_are_read(read_docx):
    body = (
        f"<w:sdt><w:sdtContent>{text('Block.')}</w:sdtContent></w:sdt><w:p><w:sdt><w:sdtContent><w:r><w:t>In</w:t></w:r>"
        "</w:sdtContent></w:sdt><w:hyperlink><w:r><w:t> link</w:t></w:r></w:hyperlink></w:p>"
    )
    assert quotes(read_docx(body)) == ["Block.", "In link"]


def test_an_equation_is_one_line_of_text(read_docx):
    letters = {letter: f"<m:r><m:t>{letter}</m:t></m:r>" for letter in "abcn"}
    raised = f"<m:sSup><m:e>{letters['a']}</m:e><m:sup>{letters['n']}</m:sup></m:sSup>"
    fraction = f"<m:f><m:num>{letters['b']}</m:num><m:den>{letters['c']}</m:den></m:f>"
    assert read_docx(f"<w:p><m:oMath>{raised}{fraction}</m:oMath></w:p>").text == "a^nb/c"


def test_a_footnote_follows_the_paragraph_that_refers_to_it(read_docx):
    notes = f'<w:footnote w:type="separator" w:id="0">{text("-")}</w:footnote><w:footnote w:id="1">{text("The note.")}'
    body = '<w:p><w:r><w:t>Body.</w:t><w:footnoteReference w:id="1"/></w:r></w:p>' + text("Next.")
    document = read_docx(body, footnotes=notes + "</w:footnote>")
    assert [(block.kind, block.number, document.quote(block.span)) for block in document.blocks] == [
        (BlockKind.PARAGRAPH, "", "Body."),
        (BlockKind.NOTE, "1", "The note."),
        (BlockKind.PARAGRAPH, "", "Next."),
    ]


def test_a_footnote_that_refers_to_itself_is_read_once(read_docx):
    reference = '<w:p><w:r><w:t>x</w:t><w:footnoteReference w:id="1"/></w:r></w:p>'
    document = read_docx(reference, footnotes=f'<w:footnote w:id="1">{reference}</w:footnote>')
    assert quotes(document) == ["x", "x"]


def test_a_comment_is_anchored_at_the_words_it_is_about(read_docx):
    body = (
        '<w:p><w:r><w:t xml:space="preserve">We </w:t></w:r><w:commentRangeStart w:id="5"/>'
        '<w:r><w:t>store keys</w:t></w:r><w:commentRangeEnd w:id="5"/><w:r><w:commentReference w:id="5"/></w:r>'
        "<w:r><w:t>.</w:t></w:r></w:p>"
    )
    document = read_docx(body, comments=f'<w:comment w:id="5" {WHO}>{text("Why?")}</w:comment>')
    (comment,) = document.comments
    assert document.quote(comment.span) == "store keys"
    assert (comment.text, comment.author, comment.date) == ("Why?", "Ana", "2024-03-05T10:00:00Z")
    assert "Why?" not in document.text


def test_a_comment_on_words_that_the_view_does_not_show_has_an_empty_span(read_docx):
    body = (
        f'<w:p><w:r><w:t>Kept.</w:t></w:r><w:commentRangeStart w:id="1"/><w:del {WHO}><w:r><w:delText>Gone.</w:delText>'
        '</w:r></w:del><w:commentRangeEnd w:id="1"/></w:p>'
    )
    document = read_docx(body, comments=f'<w:comment w:id="1" {WHO}>{text("Good.")}</w:comment>')
    assert document.comments[0].span == Span(5, 5)


def test_a_document_without_words_has_an_empty_page(read_docx):
    document = read_docx("<w:p/>")
    assert (document.text, document.blocks, document.pages[0].verdict) == ("", (), PageVerdict.EMPTY)


def test_the_strict_variant_is_read(make_docx):
    data = make_docx(text("Strict."))
    strict = rewritten(
        data,
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert reader.read(strict, "strict.docx", Options()).text == "Strict."


def rewritten(data, old, new):
    import zipfile

    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(old, new))
    return packed.getvalue()


@given(st.lists(st.text("ab c\u00e9\u0645", max_size=8), max_size=6))
def test_each_block_is_the_text_of_one_paragraph(paragraphs):
    made = python_docx.Document()
    for words in paragraphs:
        made.add_paragraph(words)
    document = reader.read(saved(made), "made.docx", Options())
    assert quotes(document) == [words.strip() for words in paragraphs if words.strip()]


def test_work_grows_with_the_number_of_paragraphs_and_not_with_its_square(make_docx, steps):
    def of_paragraphs(count):
        body = "".join(text(f"Paragraph {number} says {number * 7919 % 10007}.") for number in range(count))
        data = make_docx(body)
        return steps(lambda: reader.read(data, "long.docx", Options()))

    of_paragraphs(100)

    assert of_paragraphs(4_000) < 6 * of_paragraphs(800)


def test_an_exponent_is_set_off_from_its_base_in_word(make_docx):
    raised = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{}</w:t></w:r>'
    runs = [
        "<w:r><w:t>Up to 2</w:t></w:r>", raised.format("32"), "<w:r><w:t> on the 1</w:t></w:r>", raised.format("st"),
    ]  # fmt: skip

    assert reader.read(make_docx(f"<w:p>{''.join(runs)}</w:p>"), "a.docx", Options()).text == "Up to 2^32 on the 1st"
