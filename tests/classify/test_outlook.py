"""What the networks make of a clause can be asked for beyond what is said of it."""

import pytest

from impact.classify import outlook_of
from impact.pipeline import prepare


@pytest.fixture(scope="module")
def plant(tmp_path_factory: pytest.TempPathFactory):
    path = tmp_path_factory.mktemp("plant") / "plant.txt"
    path.write_text("1 Duties\n\nThe operator shall cut off the line of any subscriber on request.\n", encoding="utf-8")
    return prepare(path, jailed=False)


@pytest.mark.parametrize("way", ["model", "fast"])
def test_network_takes_a_clause_on_cutting_off_lines_for_the_power_to_shut_off(plant, way: str) -> None:
    proposal, clauses = plant

    odds = outlook_of(proposal, ("cues", way)).odds(clauses[-1])

    assert odds is not None
    assert max(odds.proposed, key=odds.proposed.__getitem__) == "shut-off"
    assert odds.proposed["shut-off"] > odds.mentioned["shut-off"]


def test_cues_have_no_network_to_ask(plant) -> None:
    outlook = outlook_of(plant[0], ("cues",))

    assert (outlook.way, outlook.odds(plant[1][-1]), outlook.passage(plant[1][-1])) == ("cues", None, None)


def test_only_the_larger_network_tells_whether_readers_want_to_see_a_clause(plant) -> None:
    proposal, clauses = plant

    odds = {way: outlook_of(proposal, (way,)).passage(clauses[-1]) for way in ("model", "fast")}

    assert odds["fast"] is None
    assert odds["model"] is not None
    assert len(odds["model"].sentences) == len(clauses[-1].parts)
