"""Articles of the International Bill of Human Rights as a sentence cites them."""

from collections.abc import Iterable

from impact.present.lists import listed


def articles_cited(refs: Iterable[str]) -> str:
    """Return articles such as "UDHR 12" by instrument, in their order: "UDHR, art. 12; ICCPR, arts. 2(1) and 17"."""
    numbers: dict[str, list[str]] = {}
    for ref in refs:
        instrument, _, number = ref.partition(" ")
        numbers.setdefault(instrument, []).append(number)
    return "; ".join(
        f"{name}, art{'s' * (len(articles) > 1)}. {listed(articles)}" for name, articles in numbers.items()
    )
