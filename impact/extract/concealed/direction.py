"""Order characters as they are shown: Unicode's bidirectional algorithm (UAX #9) for one line that begins leftmost.

Pairs of brackets (rule N0) count as other neutral characters.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from unicodedata import bidirectional

DEEPEST = 125
"""Source: UAX #9, BD2."""
EMBEDDINGS = {"\u202a": (0, ""), "\u202b": (1, ""), "\u202d": (0, "L"), "\u202e": (1, "R")}
"""Parity of the level that a control opens, and the class that it gives to all within."""
LOOKED = 200
"""Characters in which the direction of an isolate is looked for. Source: project judgment."""
ISOLATES = {"\u2066": 0, "\u2067": 1, "\u2068": -1}
POP_EMBEDDING, POP_ISOLATE = "\u202c", "\u2069"
MIRRORED = str.maketrans("()[]{}<>\u00ab\u00bb\u2039\u203a", ")(][}{><\u00bb\u00ab\u203a\u2039")
NEUTRAL = frozenset({"B", "S", "WS", "ON", "LRI", "RLI", "FSI", "PDI"})
REMOVED = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "BN"})
RAISED = ({"R": 1, "EN": 2, "AN": 2}, {"L": 1, "EN": 1, "AN": 1})
"""By how much a class raises an even and an odd level: rules I1 and I2."""


def displayed(text: str) -> str:
    """Return the characters of a text as they are shown from left to right, line by line, without controls."""
    return "\n".join(map(_line, text.split("\n")))


def _line(text: str) -> str:
    if not text:
        return text
    classes, levels = _explicit(text)
    kept = [place for place, kind in enumerate(classes) if kind not in REMOVED]
    for sequence, edges in list(_sequences(text, kept, levels)):
        _resolve(sequence, edges, classes, levels[sequence[0]])
    for place in kept:
        levels[place] += RAISED[levels[place] % 2].get(classes[place], 0)
    shown = [place for place in kept if text[place] not in ISOLATES and text[place] != POP_ISOLATE]
    return "".join(_mirrored(text[place], levels[place]) for place in _reordered(shown, levels))


def _mirrored(character: str, level: int) -> str:
    return character.translate(MIRRORED) if level % 2 else character


class _Openings:
    """Embeddings and isolates that are open at a place: level, class given to all within, and whether it is an isolate.

    Those deeper than the algorithm goes are lost, and counted for their ends.
    """

    def __init__(self) -> None:
        self.stack: list[tuple[int, str, bool]] = [(0, "", False)]
        self._isolates = self._lost_isolates = self._lost_embeddings = 0

    def open(self, parity: int, override: str, *, isolate: bool) -> None:
        level = self.stack[-1][0]
        above = level + 1 + ((level + 1) % 2 != parity)
        if above <= DEEPEST and not self._lost_isolates and not self._lost_embeddings:
            self._isolates += isolate
            self.stack.append((above, override, isolate))
        elif isolate:
            self._lost_isolates += 1
        elif not self._lost_isolates:
            self._lost_embeddings += 1

    def close_isolate(self) -> None:
        if self._lost_isolates:
            self._lost_isolates -= 1
        elif self._isolates:
            self._lost_embeddings, self._isolates = 0, self._isolates - 1
            while not self.stack.pop()[2]:
                pass

    def close_embedding(self) -> None:
        if self._lost_isolates:
            return
        if self._lost_embeddings:
            self._lost_embeddings -= 1
        elif len(self.stack) > 1 and not self.stack[-1][2]:
            self.stack.pop()


def _explicit(text: str) -> tuple[list[str], list[int]]:
    """Return class and level of each character by the controls before it: rules X1 to X8."""
    classes, levels = [bidirectional(character) or "L" for character in text], [0] * len(text)
    opened, ends = _Openings(), _isolate_ends(text)
    for place, character in enumerate(text):
        levels[place], override, _ = opened.stack[-1]
        if character in EMBEDDINGS:
            opened.open(*EMBEDDINGS[character], isolate=False)
        elif character in ISOLATES:
            classes[place] = override or classes[place]
            opened.open(_parity(text, place, ends), "", isolate=True)
        elif character == POP_ISOLATE:
            opened.close_isolate()
            levels[place], override, _ = opened.stack[-1]
            classes[place] = override or classes[place]
        elif character == POP_EMBEDDING:
            opened.close_embedding()
        elif override and classes[place] != "BN":
            classes[place] = override
    return classes, levels


def _isolate_ends(text: str) -> dict[int, int]:
    """Return where each isolate ends that does."""
    ends, opened = {}, []
    for place, character in enumerate(text):
        if character in ISOLATES:
            opened.append(place)
        elif character == POP_ISOLATE and opened:
            ends[opened.pop()] = place
    return ends


def _parity(text: str, place: int, ends: dict[int, int]) -> int:
    """Return 1 for an isolate that runs leftwards; one without a direction goes by its first strong character."""
    parity = ISOLATES[text[place]]
    if parity >= 0:
        return parity
    at, last = place + 1, min(ends.get(place, len(text)), place + LOOKED)
    while at < last:
        kind = bidirectional(text[at])
        if kind in ("L", "R", "AL"):
            return int(kind != "L")
        at = (ends.get(at, last) if text[at] in ISOLATES else at) + 1
    return 0


def _sequences(text: str, kept: Sequence[int], levels: Sequence[int]) -> Iterator[tuple[list[int], tuple[str, str]]]:
    """Yield the places of each isolating run sequence (BD13), and the classes of its two edges (X10)."""
    runs = [list(run) for _, run in groupby(kept, lambda place: levels[place])]
    begins, ends = {run[0]: number for number, run in enumerate(runs)}, _isolate_ends(text)
    matched = set(ends.values())
    for number, run in enumerate(runs):
        if text[run[0]] == POP_ISOLATE and run[0] in matched:
            continue
        sequence, last = list(run), number
        while (end := ends.get(sequence[-1])) is not None and end in begins:
            last = begins[end]
            sequence += runs[last]
        before = levels[runs[number - 1][0]] if number else 0
        opens = text[sequence[-1]] in ISOLATES
        after = levels[runs[last + 1][0]] if last + 1 < len(runs) and not opens else 0
        run_level = levels[run[0]]
        yield sequence, ("R" if max(run_level, before) % 2 else "L", "R" if max(run_level, after) % 2 else "L")


def _resolve(sequence: Sequence[int], edges: tuple[str, str], classes: list[str], level: int) -> None:
    """Give numbers and neutral characters of a sequence the class that its strong ones give: rules W1 to N2."""
    embedding = "R" if level % 2 else "L"
    kinds = _weak([classes[place] for place in sequence], edges[0])
    strong = {"L": "L", "R": "R", "EN": "R", "AN": "R"}
    at = 0
    while at < len(kinds):
        if kinds[at] not in NEUTRAL:
            at += 1
            continue
        end = next((after for after in range(at, len(kinds)) if kinds[after] not in NEUTRAL), len(kinds))
        before = strong[kinds[at - 1]] if at else edges[0]
        after = strong[kinds[end]] if end < len(kinds) else edges[1]
        kinds[at:end] = [before if before == after else embedding] * (end - at)
        at = end
    for place, kind in zip(sequence, kinds, strict=True):
        classes[place] = kind


def _weak(kinds: list[str], edge: str) -> list[str]:
    """Apply rules W1 to W7."""
    last, strong = edge, edge
    for at in range(len(kinds)):
        if kinds[at] == "NSM":
            kinds[at] = "ON" if last in ("LRI", "RLI", "FSI", "PDI") else last
        last = kinds[at]
        if last in ("L", "R", "AL"):
            strong = last
        elif last == "EN" and strong == "AL":
            kinds[at] = "AN"
    kinds = ["R" if kind == "AL" else kind for kind in kinds]
    for at in range(1, len(kinds) - 1):
        if kinds[at] in ("ES", "CS") and kinds[at - 1] == kinds[at + 1] == "EN":
            kinds[at] = "EN"
        elif kinds[at] == "CS" and kinds[at - 1] == kinds[at + 1] == "AN":
            kinds[at] = "AN"
    return _european(kinds, edge)


def _european(kinds: list[str], edge: str) -> list[str]:
    """Apply rules W5 to W7: what stands at European numbers, and these after Latin letters."""
    runs = [(kind, len(list(run))) for kind, run in groupby(kinds)]
    out, strong = [], edge
    for at, (kind, size) in enumerate(runs):
        beside = {runs[at - 1][0] if at else "", runs[at + 1][0] if at + 1 < len(runs) else ""}
        strong = kind if kind in ("L", "R") else strong
        is_number = kind == "EN" or (kind == "ET" and "EN" in beside)
        now = ("L" if strong == "L" else "EN") if is_number else "ON" if kind in ("ES", "CS", "ET") else kind
        out += [now] * size
    return out


def _reordered(places: list[int], levels: Sequence[int]) -> list[int]:
    """Reverse runs of each level and above, from the highest to the lowest odd one: rule L2."""
    for level in range(max((levels[place] for place in places), default=0), 0, -1):
        ordered: list[int] = []
        for above, run in groupby(places, partial(_is_above, levels, level)):
            members = list(run)
            ordered += reversed(members) if above else members
        places = ordered
    return places


def _is_above(levels: Sequence[int], level: int, place: int) -> bool:
    return levels[place] >= level
