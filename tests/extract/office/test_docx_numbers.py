from hypothesis import given
from hypothesis import strategies as st

from impact.extract.blocks.numerals import numeral
from impact.records import BlockKind

CLAUSES = """
<w:abstractNum w:abstractNumId="0">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
  <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2.%3"/></w:lvl>
</w:abstractNum>
<w:abstractNum w:abstractNumId="1">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1)"/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="(%2)"/></w:lvl>
  <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="*"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="1"/>
  <w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="1"/></w:num>
"""


def item(text, num, level=0):
    direct = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'
    return f"<w:p><w:pPr>{direct}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def numbers(document):
    return [(block.number, document.quote(block.span)) for block in document.blocks]


def one_level(form, text="%1", extra="", start=1):
    return (
        f'<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/>{extra}</w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )


def test_deeper_levels_begin_anew_below_each_outer_number(read_docx):
    levels = [0, 1, 1, 2, 2, 0, 1, 2]
    document = read_docx("".join(item("x", 1, level) for level in levels), numbering=CLAUSES)
    assert [number for number, _ in numbers(document)] == ["1", "1.1", "1.2", "1.2.1", "1.2.2", "2", "2.1", "2.1.1"]


def test_the_number_is_not_in_the_text(read_docx):
    document = read_docx(item("Keys shall be kept.", 2), numbering=CLAUSES)
    assert numbers(document) == [("a)", "Keys shall be kept.")]
    assert document.text == "Keys shall be kept."


def test_lists_of_one_definition_count_on_unless_told_to_start_over(read_docx):
    body = item("x", 2) + item("x", 2) + item("x", 4) + item("x", 3) + item("x", 3) + item("x", 4)
    document = read_docx(body, numbering=CLAUSES)
    assert [number for number, _ in numbers(document)] == ["a)", "b)", "c)", "a)", "b)", "c)"]


def test_a_level_that_never_restarts_counts_through(read_docx):
    definition = CLAUSES.replace('<w:lvlText w:val="(%2)"/>', '<w:lvlRestart w:val="0"/><w:lvlText w:val="(%2)"/>')
    body = item("x", 2) + item("x", 2, 1) + item("x", 2) + item("x", 2, 1)
    document = read_docx(body, numbering=definition)
    assert [number for number, _ in numbers(document)] == ["a)", "(i)", "b)", "(ii)"]


def test_a_level_may_restart_below_the_outermost_number_only(read_docx):
    definition = CLAUSES.replace('<w:lvlText w:val="%1.%2.%3"/>', '<w:lvlRestart w:val="1"/><w:lvlText w:val="%3"/>')
    levels = [0, 1, 2, 1, 2, 0, 2]
    document = read_docx("".join(item("x", 1, level) for level in levels), numbering=definition)
    assert [number for number, _ in numbers(document)] == ["1", "1.1", "1", "1.2", "2", "2", "1"]


def test_an_inner_level_without_an_outer_one_shows_where_that_would_start(read_docx):
    document = read_docx(item("x", 1, 1) + item("x", 1, 1), numbering=CLAUSES)
    assert [number for number, _ in numbers(document)] == ["1.1", "1.2"]


def test_a_bullet_makes_an_item_without_a_number(read_docx):
    block = read_docx(item("x", 2, 2), numbering=CLAUSES).blocks[0]
    assert (block.kind, block.level, block.number) == (BlockKind.ITEM, 3, "")


def test_a_clause_number_makes_a_paragraph_and_a_letter_an_item(read_docx):
    clause, letter = read_docx(item("x", 1, 1) + item("y", 2), numbering=CLAUSES).blocks
    assert (clause.kind, clause.level) == (BlockKind.PARAGRAPH, 2)
    assert (letter.kind, letter.level) == (BlockKind.ITEM, 1)


def test_a_legal_level_shows_roman_outer_numbers_as_digits(read_docx):
    definition = CLAUSES.replace(
        '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/>', '<w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1"/>'
    ).replace('<w:lvlText w:val="%1.%2"/>', '<w:isLgl/><w:lvlText w:val="%1.%2"/>')
    document = read_docx(item("x", 1) + item("x", 1, 1) + item("x", 1, 2), numbering=definition)
    assert [number for number, _ in numbers(document)] == ["I", "1.1", "I.1.1"]


def test_words_in_the_pattern_belong_to_the_number(read_docx):
    document = read_docx(item("x", 1) + item("x", 1), numbering=one_level("upperLetter", "Annex %1", start=3))
    assert [number for number, _ in numbers(document)] == ["Annex C", "Annex D"]


def test_an_override_can_replace_a_level(read_docx):
    definition = CLAUSES.replace(
        '<w:num w:numId="4"><w:abstractNumId w:val="1"/></w:num>',
        '<w:num w:numId="4"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0">'
        '<w:start w:val="5"/><w:numFmt w:val="ordinal"/><w:lvlText w:val="%1"/></w:lvl></w:lvlOverride></w:num>',
    )
    document = read_docx(item("x", 4), numbering=definition)
    assert numbers(document)[0][0] == "5th"


def test_heading_styles_are_numbered_by_the_levels_tied_to_them(read_docx):
    definition = CLAUSES.replace('<w:lvlText w:val="%1.%2"/>', '<w:pStyle w:val="H2"/><w:lvlText w:val="%1.%2"/>')
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/>'
        '</w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/>'
        '<w:basedOn w:val="H1"/></w:style>'
    )
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>' for style in ("H1", "H2", "H2")
    )
    blocks = read_docx(body, numbering=definition, styles=styles).blocks
    assert [(block.number, block.level) for block in blocks] == [("1", 1), ("1.1", 2), ("1.2", 2)]
    assert {block.kind for block in blocks} == {BlockKind.HEADING}


def test_list_zero_takes_the_number_of_the_style_away(read_docx):
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/>'
        "</w:numPr></w:pPr></w:style>"
    )
    paragraph = '<w:p><w:pPr><w:pStyle w:val="H1"/>{}</w:pPr><w:r><w:t>x</w:t></w:r></w:p>'
    body = paragraph.format('<w:numPr><w:numId w:val="0"/></w:numPr>') + paragraph.format("")
    document = read_docx(body, numbering=CLAUSES, styles=styles)
    assert [number for number, _ in numbers(document)] == ["", "1"]


def test_a_definition_may_refer_to_a_numbering_style(read_docx):
    definition = CLAUSES + (
        '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="Legal"/></w:abstractNum>'
        '<w:num w:numId="7"><w:abstractNumId w:val="7"/></w:num>'
    )
    styles = (
        '<w:style w:type="numbering" w:styleId="Legal"><w:name w:val="Legal"/><w:pPr><w:numPr><w:numId w:val="2"/>'
        "</w:numPr></w:pPr></w:style>"
    )
    document = read_docx(item("x", 7), numbering=definition, styles=styles)
    assert numbers(document)[0][0] == "a)"


def test_an_unknown_list_numbers_nothing(read_docx):
    assert numbers(read_docx(item("x", 99), numbering=CLAUSES)) == [("", "x")]


def test_an_empty_paragraph_is_counted_though_it_leaves_no_block(read_docx):
    document = read_docx(item("", 2) + item("x", 2), numbering=CLAUSES)
    assert numbers(document) == [("b)", "x")]


def test_letters_repeat_after_z_and_absurd_numbers_stay_short():
    assert [numeral(value, "lowerLetter") for value in (26, 27, 28, 53)] == ["z", "aa", "bb", "aaa"]
    assert numeral(999_999_999, "lowerLetter") == "999999999"


@given(st.integers(1, 3999))
def test_a_roman_numeral_says_its_value(value):
    worth = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}
    written = [worth[letter] for letter in numeral(value, "lowerRoman")]
    pairs = zip(written, [*written[1:], 0], strict=True)
    assert sum(-one if one < following else one for one, following in pairs) == value


def test_ordinals_follow_english():
    assert [numeral(value, "ordinal") for value in (1, 2, 3, 4, 11, 12, 21, 112)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "21st", "112th",
    ]  # fmt: skip
