"""Characters from the bytes of an RTF file, whose meaning depends on the font that they are set in."""

import codecs

_DEFAULT = "cp1252"
# Code pages of character sets of fonts. Source: RTF specification 1.9.1, "Font Table".
_CHARSETS = {
    77: "mac_roman", 128: "cp932", 129: "cp949", 130: "johab", 134: "gbk", 136: "big5", 161: "cp1253", 162: "cp1254",
    163: "cp1258", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250",
    254: "cp437", 255: "cp850",
}  # fmt: skip
SYMBOLS = "symbols"
"""Stands for fonts whose bytes are numbers of glyphs."""
_SYMBOL_CHARSET = 2
_NAMED = {437, 850, 852, 866, 874, 932, 936, 949, 950, *range(1250, 1259)}

# A reader in the jail may open no file any more, and Python reads a codec from its file when first asked for it.
for _page in (*_CHARSETS.values(), *(f"cp{page}" for page in _NAMED), "mac_roman", "utf-16-le", _DEFAULT):
    codecs.lookup(_page)


def code_page(number: int | None) -> str:
    """Return the codec of a code page by its number; that of Western Europe where it is not known."""
    if number == 65001:
        return "utf-8"
    return f"cp{number}" if number in _NAMED else "mac_roman" if number == 10000 else _DEFAULT


def charset(number: int | None, default: str) -> str:
    """Return the codec of a font by its character set, or `SYMBOLS`."""
    return SYMBOLS if number == _SYMBOL_CHARSET else _CHARSETS.get(number or 0, default)


class ByteDecoder:
    """Decodes bytes as they come; characters of two bytes may come in two tokens."""

    def __init__(self) -> None:
        self._codec = ""
        self._decoder: codecs.IncrementalDecoder | None = None
        self._begun = False

    @property
    def begun(self) -> bool:
        """Whether the first byte of a character waits for the second."""
        return self._begun

    def decode(self, content: bytes, codec: str) -> str:
        """Return the characters of these bytes and of those that waited."""
        if codec == SYMBOLS:
            self._begun = False
            return "".join(chr(0xF000 + byte) if byte > 0x20 else chr(byte) for byte in content)
        if self._decoder is None or codec != self._codec:
            self._codec, self._decoder = codec, codecs.getincrementaldecoder(codec)("replace")
        text = self._decoder.decode(content)
        self._begun = bool(self._decoder.getstate()[0])
        return text
