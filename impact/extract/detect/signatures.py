"""What files of known kinds begin with, and what to say of those that are not read.

Source: the formats' own specifications (PNG, JFIF, GIF89a, TIFF 6.0, RIFF, ISO/IEC 14496-12, gzip RFC 1952, ELF, ...)
and the IANA media type registrations for the main parts of OOXML and OpenDocument.
"""

EXPORT = "Save or export it as PDF or DOCX"
UNPACK = "Unpack it and give the documents inside"
PICTURE = "Run text recognition (OCR) on it and save the result as PDF or DOCX"

# First bytes -> what it is, what to do.
REFUSED_STARTS: dict[bytes, tuple[str, str]] = {
    b"{\\rtf": ("an RTF file", EXPORT),
    b"%!PS": ("a PostScript file", "Convert it to PDF (ps2pdf)"),
    b"AT&TFORM": ("a DjVu file", "Convert it to PDF"),
    b"\x89PNG\r\n\x1a\n": ("a PNG image", PICTURE),
    b"\xff\xd8\xff": ("a JPEG image", PICTURE),
    b"GIF87a": ("a GIF image", PICTURE),
    b"GIF89a": ("a GIF image", PICTURE),
    b"II*\0": ("a TIFF image", PICTURE),
    b"MM\0*": ("a TIFF image", PICTURE),
    b"BM": ("a bitmap image", PICTURE),
    b"\x00\x00\x01\x00": ("an icon image", PICTURE),
    b"\xff\x0a": ("a JPEG XL image", PICTURE),
    b"\x1f\x8b": ("a gzip archive", UNPACK),
    b"BZh": ("a bzip2 archive", UNPACK),
    b"\xfd7zXZ\0": ("an xz archive", UNPACK),
    b"\x28\xb5\x2f\xfd": ("a Zstandard archive", UNPACK),
    b"7z\xbc\xaf\x27\x1c": ("a 7-Zip archive", UNPACK),
    b"Rar!\x1a\x07": ("a RAR archive", UNPACK),
    b"\x7fELF": ("a program (ELF)", "Give a document"),
    b"MZ": ("a Windows program", "Give a document"),
    b"\xca\xfe\xba\xbe": ("a program or Java class", "Give a document"),
    b"\xcf\xfa\xed\xfe": ("a macOS program", "Give a document"),
    b"\0asm": ("a WebAssembly program", "Give a document"),
    b"SQLite format 3\0": ("an SQLite database", "Export the text from it"),
    b"ID3": ("a sound file (MP3)", "Give the written document"),
    b"OggS": ("a sound or video file (Ogg)", "Give the written document"),
    b"fLaC": ("a sound file (FLAC)", "Give the written document"),
    b"\x1aE\xdf\xa3": ("a video file (Matroska or WebM)", "Give the written document"),
    b"\x00\x01\x00\x00\x00": ("a font", "Give a document"),
    b"OTTO": ("a font", "Give a document"),
    b"wOFF": ("a font", "Give a document"),
    b"wOF2": ("a font", "Give a document"),
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": ("an old Office container of unknown content", EXPORT),
}

# Four bytes at offset 8 of a RIFF file -> what it is, what to do.
RIFF: dict[bytes, tuple[str, str]] = {
    b"WEBP": ("a WebP image", PICTURE),
    b"WAVE": ("a sound file (WAV)", "Give the written document"),
    b"AVI ": ("a video file (AVI)", "Give the written document"),
}

# Magic numbers that are also ordinary words are trusted only where a NUL byte follows among the first bytes.
WORDLIKE = (b"BM", b"MZ", b"BZh", b"ID3", b"OTTO", b"OggS", b"fLaC", b"wOFF", b"wOF2")

# Main part of an OOXML package, as its content type -> kind.
OOXML_READ: dict[bytes, str] = {
    b"wordprocessingml.document.main+xml": "docx",
    b"wordprocessingml.template.main+xml": "docx",
    b"ms-word.document.macroenabled.main+xml": "docx",
    b"ms-word.template.macroenabledtemplate.main+xml": "docx",
    b"presentationml.presentation.main+xml": "pptx",
    b"presentationml.slideshow.main+xml": "pptx",
    b"presentationml.template.main+xml": "pptx",
    b"ms-powerpoint.presentation.macroenabled.main+xml": "pptx",
    b"ms-powerpoint.slideshow.macroenabled.main+xml": "pptx",
}

OOXML_REFUSED: dict[bytes, tuple[str, str]] = {
    b"spreadsheetml": ("an Excel workbook", "Save the text in it as DOCX or PDF"),
    b"ms-excel": ("an Excel workbook", "Save the text in it as DOCX or PDF"),
    b"ms-visio": ("a Visio drawing", "Export it as PDF"),
}

# `mimetype` entry of a ZIP container -> what it is, what to do.
CONTAINERS: dict[bytes, tuple[str, str]] = {
    b"application/vnd.oasis.opendocument.text": ("an OpenDocument text (ODT)", EXPORT),
    b"application/vnd.oasis.opendocument.spreadsheet": ("an OpenDocument spreadsheet (ODS)", EXPORT),
    b"application/vnd.oasis.opendocument.presentation": ("an OpenDocument presentation (ODP)", EXPORT),
    b"application/vnd.oasis.opendocument": ("an OpenDocument file", EXPORT),
    b"application/epub+zip": ("an EPUB book", "Export it as PDF, HTML or plain text"),
}

# Name of a stream in an OLE2 container -> kind, or what it is and what to do. The first one found counts.
OLE2: dict[str, str | tuple[str, str]] = {
    "EncryptedPackage": ("an Office file protected by a password", "Open it with the password and save it without"),
    "WordDocument": "doc",
    "PowerPoint Document": ("an old PowerPoint file (PPT)", "Save it as PPTX or PDF"),
    "Workbook": ("an old Excel workbook (XLS)", "Save the text in it as DOCX or PDF"),
    "Book": ("an old Excel workbook (XLS)", "Save the text in it as DOCX or PDF"),
    "VisioDocument": ("an old Visio drawing", "Export it as PDF"),
    "__properties_version1.0": ("an Outlook message (MSG)", "Save the message as text, or give its attachments"),
}
