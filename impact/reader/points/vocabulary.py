"""vocabulary.toml, typed: all that a second reader may choose from, and our sentences for its choices."""

from dataclasses import dataclass

from impact.records import PointKind
from impact.typed import loader


@dataclass(frozen=True, slots=True)
class KindWording:
    """A kind of point: the list that its matter is chosen from, what it means, and the sentence for it."""

    id: PointKind
    from_: str
    means: str
    says: str


@dataclass(frozen=True, slots=True)
class GuidelineWording:
    """A guideline of RFC 9620; `question` is in our own words."""

    number: str
    title: str
    question: str


@dataclass(frozen=True, slots=True)
class GuidelineTheme:
    """Guidelines that are asked about together, by number."""

    id: str
    guidelines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PointParty:
    """Somebody who acts or is affected; `name` as it stands inside a sentence."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class PointMatter:
    """What a point is about: an act (`does`), a need (`topic`) or a contrast (`says`)."""

    id: str
    ask: str
    does: str = ""
    topic: str = ""
    says: str = ""
    labels: tuple[str, ...] = ()

    @property
    def wording(self) -> str:
        """Words for it in the list that a reader chooses from."""
        return self.does or self.topic or self.says


@dataclass(frozen=True, slots=True)
class PointVocabulary:
    """All of vocabulary.toml, by id and in the order of the file."""

    kinds: dict[PointKind, KindWording]
    guidelines: dict[str, GuidelineWording]
    themes: dict[str, GuidelineTheme]
    actors: dict[str, PointParty]
    people: dict[str, PointParty]
    acts: dict[str, PointMatter]
    needs: dict[str, PointMatter]
    contrasts: dict[str, PointMatter]

    def matters(self, kind: PointKind) -> dict[str, PointMatter]:
        """Return by id what a point of a kind can be about."""
        return {"acts": self.acts, "needs": self.needs, "contrasts": self.contrasts}[self.kinds[kind].from_]


vocabulary = loader(PointVocabulary, "impact.reader.points", "vocabulary.toml")


def sentence(kind: PointKind, matter: str, actor: str, affected: str) -> str:
    """Return the sentence for a point, made of our own phrases; arguments are ids.

    Raises:
        KeyError: If an id is unknown.
    """
    chosen, words = vocabulary().matters(kind)[matter], vocabulary()
    parties = {"actor": words.actors[actor].name, "people": words.people[affected].name}
    parties |= {name.capitalize(): party[:1].upper() + party[1:] for name, party in parties.items()}
    says = chosen.says.format(**parties)
    return words.kinds[kind].says.format(does=chosen.does, topic=chosen.topic, says=says, **parties)
