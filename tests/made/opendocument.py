"""OpenDocument files made from the XML that a test is about."""

import io
import zipfile

_NAMES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office", "text": "text", "table": "table", "style": "style", "draw": "drawing", "meta": "meta",
        "presentation": "presentation", "fo": "xsl-fo-compatible", "svg": "svg-compatible", "loext": "loext",
    }.items()
)  # fmt: skip
_DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'


def odf(  # noqa: PLR0913 - the parts of a file
    body: str, *, kind: str = "text", styles: str = "", automatic: str = "", meta: str = "", manifest: str = ""
) -> bytes:
    """Return a file with this content of office:text or office:presentation, of the styles and of the properties."""
    inside = f"<office:automatic-styles>{automatic}</office:automatic-styles><office:body><office:{kind}>{body}"
    files = {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "content.xml": _root("document-content", f"{inside}</office:{kind}></office:body>"),
        "styles.xml": _root("document-styles", f"<office:styles>{styles}</office:styles>"),
        "meta.xml": _root("document-meta", f"<office:meta>{meta}</office:meta>"),
        "META-INF/manifest.xml": f"<manifest>{manifest}</manifest>",
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _root(name: str, inner: str) -> str:
    return f"<office:{name} {_NAMES} {_DC}>{inner}</office:{name}>"
