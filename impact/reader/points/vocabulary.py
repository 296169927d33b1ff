"""vocabulary.toml, typed: all that a second reader may choose from, and our sentences for what it chose."""

from dataclasses import dataclass

from impact.records import PointKind
from impact.typed import loader


@dataclass(frozen=True, slots=True)
class KindWording:
    """A kind of point: the list that its matter is chosen from, what it means, and what is said of a point."""

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
class PointParty:
    """Somebody who acts or feels it; `name` as inside a sentence."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class PointMatter:
    """What a point is about, by an act (`does`), a need (`topic`) or a contrast (`says`)."""

    id: str
    ask: str
    does: str = ""
    topic: str = ""
    says: str = ""
    labels: tuple[str, ...] = ()

    @property
    def wording(self) -> str:
        """Its words in the list that a reader chooses from."""
        return self.does or self.topic or self.says


@dataclass(frozen=True, slots=True)
class PointVocabulary:
    """All of vocabulary.toml, each list by id in its order."""

    kinds: dict[PointKind, KindWording]
    guidelines: dict[str, GuidelineWording]
    actors: dict[str, PointParty]
    people: dict[str, PointParty]
    acts: dict[str, PointMatter]
    needs: dict[str, PointMatter]
    contrasts: dict[str, PointMatter]

    def matters(self, kind: PointKind) -> dict[str, PointMatter]:
        """Return what a point of a kind can be about, by id."""
        return {"acts": self.acts, "needs": self.needs, "contrasts": self.contrasts}[self.kinds[kind].from_]


vocabulary = loader(PointVocabulary, "impact.reader.points", "vocabulary.toml")


def sentence(kind: PointKind, matter: str, actor: str, affected: str) -> str:
    """Return what is said of a point, made of our own phrases; all by their ids.

    Raises:
        KeyError: If there is no such id.
    """
    chosen, words = vocabulary().matters(kind)[matter], vocabulary()
    parties = {"actor": words.actors[actor].name, "people": words.people[affected].name}
    parties |= {name.capitalize(): party[:1].upper() + party[1:] for name, party in parties.items()}
    says = chosen.says.format(**parties)
    return words.kinds[kind].says.format(does=chosen.does, topic=chosen.topic, says=says, **parties)
