from impact.records import ChangeKind

WHO = 'w:id="1" w:author="Ana" w:date="2024-03-05T10:00:00Z"'


def run(text):
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def gone(text):
    return f'<w:r><w:delText xml:space="preserve">{text}</w:delText></w:r>'


def paragraph(content, mark=""):
    properties = f"<w:pPr><w:rPr><w:{mark} {WHO}/></w:rPr></w:pPr>" if mark else ""
    return f"<w:p>{properties}{content}</w:p>"


REPLACED = paragraph(
    run("Operators ")
    + f"<w:del {WHO}>{gone('may')}</w:del>"
    + '<w:ins w:id="2" w:author="Ben" w:date="2024-03-06T11:30:00Z">'
    + run("shall")
    + "</w:ins>"
    + run(" keep logs.")
)


def test_the_accepted_view_shows_what_was_inserted(read_docx):
    assert read_docx(REPLACED).text == "Operators shall keep logs."


def test_the_original_view_shows_what_was_deleted(read_docx):
    assert read_docx(REPLACED, view="original").text == "Operators may keep logs."


def test_each_mark_is_listed_with_author_and_date_in_both_views(read_docx):
    for view in ("accepted", "original"):
        changes = read_docx(REPLACED, view=view).changes
        assert {(change.kind, change.text, change.author, change.date) for change in changes} == {
            (ChangeKind.DELETED, "may", "Ana", "2024-03-05T10:00:00Z"),
            (ChangeKind.INSERTED, "shall", "Ben", "2024-03-06T11:30:00Z"),
        }


def test_the_span_of_a_mark_holds_its_text_where_the_view_shows_it_and_is_empty_elsewhere(read_docx):
    document = read_docx(REPLACED)
    quotes = {change.kind: document.quote(change.span) for change in document.changes}
    assert quotes == {ChangeKind.INSERTED: "shall", ChangeKind.DELETED: ""}
    original = read_docx(REPLACED, view="original")
    quotes = {change.kind: original.quote(change.span) for change in original.changes}
    assert quotes == {ChangeKind.INSERTED: "", ChangeKind.DELETED: "may"}


def test_the_span_of_a_mark_ends_with_its_block(read_docx):
    document = read_docx(paragraph(run("Kept ") + f"<w:ins {WHO}>{run('new. ')}</w:ins>") + paragraph(run("Next.")))
    (change,) = document.changes
    assert document.quote(change.span) == "new."


def test_moved_text_stands_where_it_went_and_where_it_came_from(read_docx):
    body = paragraph(f"<w:moveFrom {WHO}>{run('First.')}</w:moveFrom>", "moveFrom") + paragraph(run("Second."))
    body += paragraph(f"<w:moveTo {WHO}>{run('First.')}</w:moveTo>")
    assert read_docx(body).text == "Second.\n\nFirst."
    assert read_docx(body, view="original").text.startswith("First.\n\nSecond.")
    kinds = [change.kind for change in read_docx(body).changes if change.text == "First."]
    assert kinds == [ChangeKind.MOVED_FROM, ChangeKind.MOVED_TO]


def test_a_deleted_paragraph_mark_joins_two_paragraphs_in_the_accepted_view(read_docx):
    body = paragraph(run("One "), "del") + paragraph(run("two.")) + paragraph(run("Three."))
    assert read_docx(body).text == "One two.\n\nThree."
    assert read_docx(body, view="original").text == "One\n\ntwo.\n\nThree."


def test_an_inserted_paragraph_mark_joins_two_paragraphs_in_the_original_view(read_docx):
    body = paragraph(run("One "), "ins") + paragraph(run("two."))
    assert read_docx(body).text == "One\n\ntwo."
    assert read_docx(body, view="original").text == "One two."


def test_a_paragraph_mark_is_listed_as_a_line_end(read_docx):
    (change,) = read_docx(paragraph(run("One"), "del") + paragraph(run("two."))).changes
    assert (change.kind, change.text, change.author) == (ChangeKind.DELETED, "\n", "Ana")


def test_a_paragraph_deleted_as_a_whole_leaves_no_block_and_is_not_counted(read_docx):
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = (
        f"<w:p><w:pPr>{listed}<w:rPr><w:del {WHO}/></w:rPr></w:pPr><w:del {WHO}>{gone('Old.')}</w:del></w:p>"
        f"<w:p><w:pPr>{listed}</w:pPr>{run('New.')}</w:p>"
    )
    accepted, original = read_docx(body, numbering=numbering), read_docx(body, view="original", numbering=numbering)
    assert [(block.number, accepted.quote(block.span)) for block in accepted.blocks] == [("1.", "New.")]
    assert [block.number for block in original.blocks] == ["1.", "2."]


def test_text_inserted_by_one_and_deleted_by_another_is_in_neither_view(read_docx):
    body = paragraph(run("Kept.") + f"<w:ins {WHO}><w:del {WHO}>{gone(' Gone.')}</w:del></w:ins>")
    for view in ("accepted", "original"):
        document = read_docx(body, view=view)
        assert document.text == "Kept."
        assert {change.text for change in document.changes} == {" Gone."}


def test_a_deleted_row_is_one_mark_with_its_cells(read_docx):
    cells = "".join(f"<w:tc><w:p><w:del {WHO}>{gone(text)}</w:del></w:p></w:tc>" for text in ("left", "right"))
    kept = "".join(f"<w:tc><w:p>{run(text)}</w:p></w:tc>" for text in ("a", "b"))
    body = f"<w:tbl><w:tr><w:trPr><w:del {WHO}/></w:trPr>{cells}</w:tr><w:tr>{kept}</w:tr></w:tbl>"
    document = read_docx(body)
    assert document.text == "a | b"
    assert [(change.kind, change.text) for change in document.changes] == [(ChangeKind.DELETED, "left | right")]
    assert read_docx(body, view="original").text == "left | right\n\na | b"


def test_changes_of_format_are_no_marks(read_docx):
    body = f"<w:p><w:pPr><w:pPrChange {WHO}><w:pPr/></w:pPrChange></w:pPr><w:r><w:rPr><w:b/><w:rPrChange {WHO}><w:rPr/>"
    body += "</w:rPrChange></w:rPr><w:t>Same.</w:t></w:r></w:p>"
    assert read_docx(body).changes == ()


def test_a_deleted_field_hides_neither_what_follows_nor_its_code(read_docx):
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:delInstrText>REF x</w:delInstrText></w:r>'
    field += f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{gone("clause 3")}'
    field += '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    document = read_docx(paragraph(run("See ") + f"<w:del {WHO}>{field}</w:del>" + run("clause 4.")))
    assert document.text == "See clause 4."
    assert document.changes[0].text == "clause 3"


def test_every_fragment_names_its_paragraph(read_docx):
    document = read_docx(paragraph(run("Gone"), "del") + REPLACED)
    words = {document.text[start:end]: origin for start, end, origin in fragments(document)}
    assert words == {"Gone": 0, "Operators ": 1, "shall": 1, " keep logs.": 1}


def fragments(document):
    layout = document.layout
    return zip(layout.starts, layout.ends, layout.origins, strict=True)
