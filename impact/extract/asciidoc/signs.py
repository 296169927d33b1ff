"""What a line of AsciiDoc says before its running text is read."""

import re

# Source of all: Asciidoctor documentation and its patterns in lib/asciidoctor/rx.rb.
TITLE = re.compile(r"(={1,6}|#{1,6})[ \t]+(?=\S)(.*\S)[ \t]*$")
UNDERLINE = re.compile(r"([=~^+-])\1{2,}[ \t]*$")
UNDERLINES = "=-~^+"
"""Signs below a title, from the title of the document inwards."""

ENTRY = re.compile(r":(?P<off>!?)(?P<name>\w[\w-]*)(?P<unset>!?):(?:[ \t]+(?P<value>.*))?$")
CONDITION = re.compile(r"(?P<act>ifdef|ifndef|ifeval|endif)::(?P<names>[^\s\[]{0,300})\[(?P<content>.*)\][ \t]*$")
INCLUDE = re.compile(r"include::[^\s\[]{1,300}\[.*\][ \t]*$")
ATTRIBUTES = re.compile(r"\[(?:|[\w.#%{,\"'].*|\[(?:|[A-Za-z_:][\w:.-]*(?:,[ \t]*.+)?)\])\][ \t]*$")
BLOCK_TITLE = re.compile(r"\.(\.?[^ \t.](?:.*\S)?)[ \t]*$")
BLOCK_MACRO = re.compile(r"[A-Za-z][\w-]{1,30}::[^\s\[]{0,500}\[.*\][ \t]*$")
RULE = re.compile(r"(?:'{3,}|<{3,}|-{3}|\*{3}|(?:- ){2}-|(?:\* ){2}\*)[ \t]*$")
VERBATIM = re.compile(r"(-{4,}|\.{4,}|\+{4,}|`{3,})(?P<language>(?<=`)[\w+#.-]{0,40})?[ \t]*$")
BOX = re.compile(r"(={4,}|\*{4,}|_{4,}|--|~{4,})[ \t]*$")
TABLE = re.compile(r"([|,:!])={3,}[ \t]*$")
COMMENT_BLOCK = re.compile(r"/{4,}[ \t]*$")
COMMENT = re.compile(r"//(?!/)")
ADMONITION = re.compile(r"(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION|EDITOR|TODO):[ \t]+(?=\S)")
BULLET = re.compile(r"(\*{1,5}|-|\u2022)[ \t]+(?=\S)(?:\[[ xX*]\][ \t]+(?=\S))?")
ORDERED = re.compile(r"(\.{1,5})[ \t]+(?=\S)")
COUNTER = re.compile(r"(\d{1,4}\.|[A-Za-z]\.|[ivxIVX]{1,5}\))[ \t]+(?=\S)")
CALLOUT = re.compile(r"<(\d{1,3}|\.)>[ \t]+(?=\S)")
TERM = re.compile(r"(?P<term>(?!//).*?)(?P<mark>:{2,4}|;;)(?:[ \t]+(?=\S)|[ \t]*$)")
FOOTNOTE = re.compile(r"(?:footnote(?:ref)?|\bfn):[\w-]{0,60}\[")
UNDEFINED = re.compile(r"\{\w[\w-]*\}")
"""A reference to an attribute that has no value."""

AUTHOR = re.compile(r"\w[\w'.-]*(?: +[\w'.-]+){0,2}(?: +<[^<>]+>)?")
REVISION = re.compile(
    r"(?:v(?P<number>\d[^\s,:]*)|(?P<bare>\d[^\s,:]*)(?=,))(?:,?[ \t]*(?P<date>[^:]*?))?(?::[ \t].*)?$"
)


def underlined(title: str, rule: str) -> int:
    """Return the level of a title with this line below it, 1 the outermost; 0 where the line is no underline.

    Source: Asciidoctor, "Setext section titles": as long as the title, give or take one.
    """
    match = UNDERLINE.match(rule)
    if not match or abs(len(title.rstrip()) - len(rule.rstrip())) > 1 or not re.search(r"\w", title):
        return 0
    return UNDERLINES.index(match[1]) + 1 if re.match(r"[\w\"'({`*_]", title) else 0
