"""What a passage may be about that is quoted without a finding, in words that tell why to read it."""

from dataclasses import dataclass

from impact.typed import loader


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic, see topics.toml."""

    name: str
    about: str
    source: str


topics = loader(dict[str, Topic], "impact.advise.salient", "topics.toml")
