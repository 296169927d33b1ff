"""Characters of the Symbol and Wingdings fonts, which Word stores as numbers of the font and not as characters."""

_SYMBOL_LOW = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"  # noqa: RUF001  # signs that look like letters are what a table of signs holds
"""Codes 0x20 to 0x7E. Source: Adobe Symbol encoding, Unicode Consortium, VENDORS/ADOBE/symbol.txt."""

_SYMBOL_HIGH = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\ufffd〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"  # noqa: RUF001  # signs that look like letters are what a table of signs holds
"""Codes 0xA0 to 0xFE; same source."""

_WINGDINGS = {
    0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x72: "❒", 0x75: "◆", 0x76: "❖", 0x77: "◆", 0x9F: "•", 0xA7: "▪",
    0xA8: "☐", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓",
    0xFD: "☒", 0xFE: "☑",
}  # fmt: skip
"""Codes 0x20 to 0xFF of the glyphs that documents use as check marks, bullets and arrows. Source: project judgment,
by the look of the glyphs."""

_SYMBOL = {0x20 + place: letter for place, letter in enumerate(_SYMBOL_LOW)}
_SYMBOL |= {0xA0 + place: letter for place, letter in enumerate(_SYMBOL_HIGH)}


def symbol(font: str, code: int) -> str:
    """Return the character for a code of a symbol font, as Word writes it (0x20 to 0xFF, or with 0xF000 added).

    Codes of fonts not known here give the character itself, or U+FFFD where that is private to the font.
    """
    low = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    name = font.lower()
    if name.startswith("wingdings"):
        return _WINGDINGS.get(low, "\ufffd")
    if name.startswith("symbol") and low in _SYMBOL:
        return _SYMBOL[low]
    if 0xE000 <= code <= 0xF8FF:
        return _SYMBOL.get(low, "\ufffd") if name in ("", "symbol") else "\ufffd"
    return chr(code) if 0x20 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
