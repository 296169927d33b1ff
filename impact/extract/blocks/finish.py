"""Make the document of an assembly that is complete."""

from collections.abc import Iterable
from hashlib import sha256

from impact.errors import UnreadableError
from impact.extract.blocks.builder import Assembly
from impact.extract.blocks.elsewhere import left_elsewhere
from impact.extract.blocks.pictures import count_images
from impact.records import Document, Page


def document(  # noqa: PLR0913  # the facts of a document, each named by the caller
    assembly: Assembly,
    data: bytes,
    source: str,
    *,
    form: str,
    engine: str,
    properties: Iterable[tuple[str, str]] = (),
    warnings: Iterable[str] = (),
    paged: bool = False,
) -> Document:
    """Return the document of a text-like file; pages are counted from the fragments where `paged`.

    Its warnings end with what is in other files.

    Raises:
        UnreadableError: If there is no block.
    """
    if not assembly.blocks:
        message = f"{source} contains no readable words"
        raise UnreadableError(message, "Check that it is the right file, or give it in another format")
    layout = assembly.layout()
    count = max([1, *layout.pages]) if paged else 1
    return Document(
        id=sha256(data).hexdigest(),
        source=source,
        format=form,
        engine=engine,
        text=assembly.text(),
        blocks=tuple(assembly.blocks),
        pages=tuple(Page(number) for number in range(1, count + 1)),
        paged=paged,
        layout=layout,
        properties=tuple((key, value) for key, value in properties if value),
        warnings=(*warnings, *left_elsewhere(data, form)),
        images=count_images(data, form),
    )
