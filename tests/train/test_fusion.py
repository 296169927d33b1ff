"""Signals become chances that hold, with a threshold and a gate that do what they say."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import f1_score

from impact.classify.heads import Cuts, fuse, spoken, together
from impact.train.evaluation.calibration import calibrate
from impact.train.fit.fusion import MARGIN, RIGHT, SPARED, Fusion, cuts, fit_fusion, gate_for, plain_fusion
from impact.train.fit.unseen import judged_unseen

SHAPE = (1500, 6)
CHANCES = st.lists(st.floats(0, 1, width=32), min_size=1, max_size=250)


@pytest.fixture(scope="module")
def drawn() -> tuple[np.ndarray, np.ndarray]:
    """Return signals of which the first and the last tell the truth, and the truth drawn by them."""
    random = np.random.default_rng(7)
    found = random.normal(size=(*SHAPE, 3)).astype(np.float32)
    truth = random.random(SHAPE) < 1 / (1 + np.exp(-(found[..., 0] + 1.5 * found[..., 2] - 2)))
    return found, truth.astype(np.float32)


def ways(found: np.ndarray) -> dict[str, np.ndarray]:
    """Return signals by way of judging: the larger network hears the last two."""
    return {"light": found[..., :2], "fast": found, "model": found[..., 1:]}


def error(chances: np.ndarray, truth: np.ndarray) -> float:
    return calibrate(zip(chances.ravel().tolist(), (truth.ravel() > 0).tolist(), strict=True)).error


def test_chances_that_were_skewed_hold_on_other_examples(drawn: tuple[np.ndarray, np.ndarray]) -> None:
    found, truth = drawn
    half = len(found) // 2
    skewed = np.array([3, 0, 4.5, -2, 0], np.float32)

    weights = fit_fusion(ways(found[:half] * 3), truth[:half]).weights

    before = error(fuse(skewed, found[half:]), truth[half:])
    assert before > 0.08
    for way, signals in ways(found[half:] * 3).items():
        assert error(fuse(weights[way], signals), truth[half:]) < 0.03


def test_the_weights_find_which_signals_tell_the_truth(drawn: tuple[np.ndarray, np.ndarray]) -> None:
    found, truth = drawn
    weights = fit_fusion(ways(found), truth).weights

    assert weights["fast"] == pytest.approx([1, 0, 1.5, -2, 0], abs=0.15)
    assert weights["light"].shape == weights["model"].shape == (4,)
    assert weights["light"][0] > 5 * abs(weights["light"][1])
    assert weights["model"][1] > 5 * abs(weights["model"][0])


def test_what_is_said_of_clauses_is_right_as_often_as_asked_and_no_oftener_than_needed(
    drawn: tuple[np.ndarray, np.ndarray],
) -> None:
    found, truth = drawn
    fusion, some = fit_fusion(ways(found), truth), truth.any(axis=1)
    for way, lines in fusion.cuts.items():
        chances = fuse(fusion.weights[way], ways(found)[way])

        def right(cut: float, chances: np.ndarray = chances, lines: Cuts = lines) -> float:
            said = spoken(chances, cut, lines.threshold).any(axis=1)
            return float(some[said].mean())

        assert right(lines.anything) >= RIGHT
        assert all(right(cut) < RIGHT for cut in np.arange(0.1, lines.anything - 0.005, 0.01))


def test_then_the_threshold_is_the_lowest_that_is_near_the_highest_micro_f1(
    drawn: tuple[np.ndarray, np.ndarray],
) -> None:
    found, truth = drawn
    fusion = fit_fusion(ways(found), truth)
    chances, wanted, lines = fuse(fusion.weights["fast"], found), truth.ravel() > 0, fusion.cuts["fast"]

    def score(cut: float) -> float:
        return float(f1_score(wanted, spoken(chances, lines.anything, cut).ravel()))

    near = max(map(score, np.round(np.arange(0.1, 0.9, 0.01), 2))) - MARGIN
    assert score(lines.threshold) >= near
    assert all(score(cut) < near for cut in np.arange(0.1, lines.threshold - 0.005, 0.01))


def test_of_thresholds_that_do_alike_the_lowest_counts() -> None:
    chances, truth = np.array([[0.2, 0.8]], np.float32), np.array([[0, 1]], np.float32)

    assert cuts(chances, truth) == (0.1, 0.21)


def test_cuts_reckon_with_what_is_kept_silent() -> None:
    chances = np.array([[0.3, 0], [0.5, 0], [0.7, 0]], np.float32)
    truth = np.array([[1, 0], [0, 0], [1, 0]], np.float32)
    talk = np.array([[0, 0], [1, 0], [0, 0]], bool)

    assert cuts(chances, truth)[0] == 0.51
    assert cuts(chances, truth, talk)[0] == 0.1


@given(st.lists(st.floats(0, 1, width=32), min_size=2, max_size=35), st.floats(0.05, 0.95), st.floats(0.05, 0.95))
def test_where_something_is_said_the_likeliest_label_counts(values: list[float], anything: float, cut: float) -> None:
    chances = np.array(values, np.float32)

    said = spoken(chances, anything, cut)

    together = 1 - np.prod(1 - chances)
    assert said.any() == (together >= anything)
    assert not said.any() or said[int(chances.argmax())]
    assert not (said & (chances < min(cut, chances.max()))).any()


@given(st.lists(st.floats(-9, 9, width=32), min_size=2, max_size=50), st.floats(-0.3, 0.3))
def test_bending_keeps_the_order_of_chances(values: list[float], bend: float) -> None:
    signals = np.sort(np.array(values, np.float32))[:, None]

    chances = fuse(np.array([1, 0, bend], np.float32), signals)

    assert (np.diff(chances) >= -1e-6).all()


def test_a_bend_next_to_nothing_leaves_chances_as_they_are() -> None:
    signals = np.array([[-3], [0], [3]], np.float32)

    chances = fuse(np.array([1, 0, 1.6e-42], np.float32), signals)

    assert chances == pytest.approx(fuse(np.array([1, 0, 0], np.float32), signals))


@given(CHANCES, st.data())
def test_the_gate_lets_through_all_but_the_share_that_is_spared(values: list[float], data: st.DataObject) -> None:
    light = np.array(values, np.float32)
    said = np.array(data.draw(st.lists(st.booleans(), min_size=len(values), max_size=len(values))), bool)

    gate = gate_for(light, said)

    assert (light[said] < gate).sum() <= np.ceil(SPARED * said.sum())


def test_the_gate_keeps_out_what_is_far_below_all_that_is_said() -> None:
    light = np.linspace(0, 1, 1001, dtype=np.float32)

    assert gate_for(light, light > 0.5) == pytest.approx(0.5 + 0.5 * SPARED, abs=0.001)


def test_the_gate_is_open_where_nothing_is_said() -> None:
    assert gate_for(np.array([0.3], np.float32), np.array([False])) == 0.0


def test_the_gates_let_through_what_either_way_says(drawn: tuple[np.ndarray, np.ndarray]) -> None:
    found, truth = drawn
    fusion = fit_fusion(ways(found), truth)
    chances = {way: fuse(fusion.weights[way], signals) for way, signals in ways(found).items()}

    labeled = {way: spoken(chances[way], own.anything, own.threshold).any(axis=1) for way, own in fusion.cuts.items()}

    for way, before in (("fast", "light"), ("model", "fast")):
        heard = together(chances[before]) >= fusion.cuts[way].gate
        assert (labeled["model"] & ~heard).sum() <= np.ceil(SPARED * (labeled["fast"] | labeled["model"]).sum())


def test_plain_weights_ask_the_networks_always() -> None:
    assert {lines.gate for lines in plain_fusion().cuts.values()} == {0.0}


@pytest.mark.long
def test_documents_are_judged_by_a_fusion_that_saw_the_others_only(drawn: tuple[np.ndarray, np.ndarray]) -> None:
    found, truth = drawn[0][:400].copy(), drawn[1][:400].copy()
    odd = slice(200, 400)
    found[odd] *= -1
    names = ["even"] * 200 + ["odd"] * 200

    result = judged_unseen(found, truth, names)

    by_even, by_odd = fit_fusion(ways(found[:200]), truth[:200]), fit_fusion(ways(found[odd]), truth[odd])
    said = np.concatenate(
        [
            spoken(fuse(own.weights["fast"], found[part]), own.cuts["fast"].anything, own.cuts["fast"].threshold)
            for own, part in ((by_odd, slice(200)), (by_even, odd))
        ]
    )
    assert result["f1"] == round(f1_score(truth.ravel() > 0, said.ravel()), 4)
    assert result["anything_f1"] == round(f1_score(truth.any(axis=1), said.any(axis=1)), 4)


@pytest.mark.long
def test_the_order_of_examples_does_not_matter_to_how_documents_are_judged(
    drawn: tuple[np.ndarray, np.ndarray],
) -> None:
    found, truth = drawn[0][:300], drawn[1][:300]
    names = np.array([f"d{number % 7}" for number in range(300)])
    order = np.random.default_rng(1).permutation(300)

    one = judged_unseen(found, truth, names.tolist())
    other = judged_unseen(found[order], truth[order], names[order].tolist())

    assert other == pytest.approx(one, abs=0.01)


def test_a_single_document_cannot_be_judged_by_others(drawn: tuple[np.ndarray, np.ndarray]) -> None:
    found, truth = drawn

    assert judged_unseen(found, truth, ["one"] * len(found)) == {}


def test_where_the_other_documents_propose_nothing_nothing_is_said(drawn: tuple[np.ndarray, np.ndarray]) -> None:
    found, truth = drawn[0][:100], drawn[1][:100].copy()
    truth[50:] = 0

    result = judged_unseen(found, truth, ["full"] * 50 + ["empty"] * 50)

    assert result["recall"] == 0


@pytest.mark.parametrize(("gate", "threshold"), [(-0.1, 0.5), (0.1, 1.1)])
def test_a_gate_or_threshold_that_is_no_chance_is_refused(gate: float, threshold: float) -> None:
    with pytest.raises(ValueError, match="not from 0 to 1"):
        Cuts(gate, threshold=threshold)


def test_a_fusion_without_weights_of_a_way_is_refused() -> None:
    whole = plain_fusion()

    with pytest.raises(ValueError, match="weights of"):
        Fusion({"fast": whole.weights["fast"]}, whole.cuts)
