"""What control words of RTF mean that are neither text nor properties.

Source: RTF specification 1.9.1, "Contents of an RTF File".
"""

SHOWN = {
    "tab": "\t", "line": "\n", "page": "\n", "column": "\n", "lbr": "\n", "emdash": "\u2014", "endash": "\u2013",
    "lquote": "\u2018", "rquote": "\u2019", "ldblquote": "\u201c", "rdblquote": "\u201d", "bullet": "\u2022",
    "emspace": " ", "enspace": " ", "qmspace": " ", "softline": "\n",
}  # fmt: skip
"""Control words that stand for characters."""

SYMBOLS = {"~": "\u00a0", "_": "\x1e", "{": "{", "}": "}", "\\": "\\", "\t": "\t"}
"""Control symbols that stand for characters."""

SKIPPED = frozenset(
    {
        "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf", "ftnsep",
        "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "colortbl", "filetbl", "nonesttables", "sp",
        "shprslt", "nonshppict", "pntxta", "pntxtb", "xe", "tc", "txe", "rxe", "template", "operator",
        "private", "themedata", "datastore", "objdata", "objclass", "atnid", "atnref", "atndate", "atntime",
        "atnicn", "sn", "sv", "revtim", "creatim", "mmathPict", "stextflow", "falt", "panose", "keycode",
        "background", "fchars", "lchars", "objname", "objalias", "objsect",
    }
)  # fmt: skip
"""Destinations that hold no text of the document."""

STARRED = frozenset(
    {
        "footnote", "annotation", "atnauthor", "shpinst", "fldinst", "shppict", "do", "ud", "nesttableprops", "moMath",
        "moMathPara", "shptxt", "dptxbxtext", "listtable", "listoverridetable", "revtbl", "pntext", "listtext",
    }
)  # fmt: skip
"""Destinations that are read though their star says that a reader may leave them out."""

STORIES = {"footnote": "footnotes", "annotation": "comments", "shptxt": "box", "dptxbxtext": "box"}
"""Destinations with paragraphs of their own."""
