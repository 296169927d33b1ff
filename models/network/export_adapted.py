"""Make `changes.onnx`, `topics.onnx` or `introductions.onnx` of this folder from what its script has taught.

    pip install -e '.[encoder]'
    python models/network/export_adapted.py changes --weights FOLDER ... --tuned "how"
    python models/network/export_adapted.py topics --weights FOLDER ... --tuned "how"
    python models/network/export_adapted.py introductions --weights FOLDER ... --tuned "how"

The model is that of `labels.onnx` with an addition beside each product, in 16 bits, and another output. The weights of
`labels.onnx` and `network.onnx` are not written again: the model names where they are in those files.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # before its first import, or it reports to its maker

import additions
import numpy as np
import onnx
import torch
from lowrank import Adapted
from onnx import NodeProto, TensorProto, helper, numpy_helper

from impact.advise.salient.topics import topics
from impact.classify.networks import larger
from impact.classify.networks.adapted import PART, load_adapted
from impact.classify.networks.files import VOCABULARY, digest_of

HERE = Path(__file__).resolve().parent
NAMES: dict[str, Callable[[], dict[str, list[str]]]] = {
    "changes": dict,
    "topics": lambda: {"topics": list(topics())},
    "introductions": dict,
}
"""What the card of each model says beside its digest."""
LARGE = 4096
"""Bytes of a weight from which on it is not written again."""
NEAR = 0.1
"""Mean difference of log odds to those of torch above which the model is removed. Source: project judgment."""
PAIR = "The operator shall keep the log for 30 days.", "The operator may keep the log for 90 days."


def changed(model: onnx.ModelProto, name: str, weights: additions.Weights) -> onnx.ModelProto:
    """Return the model with additions and another output; its weights are still its own."""
    additions.put(model, weights)
    nodes = list(model.graph.node)
    last = max(at for at, node in enumerate(nodes) if node.op_type == "LayerNormalization")
    nodes = [*nodes[: last + 1], *_output(model.graph, nodes[last].output[0], name, weights)]
    used = {name for node in nodes for name in node.input}
    kept = [tensor for tensor in model.graph.initializer if tensor.name in used]
    for field, values in (
        (model.graph.node, [node for node in nodes if node.op_type != "Constant" or node.output[0] in used]),
        (model.graph.initializer, kept),
        (model.graph.output, [helper.make_tensor_value_info(name, TensorProto.FLOAT, [len(weights["output.bias"])])]),
    ):
        del field[:]
        field.extend(values)
    return model


def _output(graph: onnx.GraphProto, states: str, name: str, weights: additions.Weights) -> Iterator[NodeProto]:
    """Yield what makes log odds from the first and the mean state."""
    graph.initializer.append(numpy_helper.from_array(np.array(0), "first"))
    graph.initializer.append(numpy_helper.from_array(np.array([0]), "tokens"))
    graph.initializer.append(numpy_helper.from_array(weights["output.bias"], "output.shift"))
    yield additions.halved(graph, "output.turn", weights["output.weight"].T)
    yield helper.make_node("Gather", [states, "first"], ["state.first"])
    yield helper.make_node("ReduceMean", [states, "tokens"], ["state.mean"], keepdims=0)
    yield helper.make_node("Concat", ["state.first", "state.mean"], ["state.both"], axis=0)
    yield helper.make_node("MatMul", ["state.both", "output.turn"], ["state.turned"])
    yield helper.make_node("Add", ["state.turned", "output.shift"], [name])


def borrowed(model: onnx.ModelProto, folder: Path) -> bytes:
    """Return the model with its large weights taken from the files of the network beside it."""
    files = {name: (folder / name).read_bytes() for name in (f"{PART}.onnx", "network.onnx")}
    shared = {tensor.name: tensor for tensor in onnx.load(folder / "network.onnx").graph.initializer}
    for tensor in model.graph.initializer:
        content = shared["bias"].raw_data if tensor.name == "bias" else tensor.raw_data
        places = [(name, file.find(content)) for name, file in files.items() if content in file]
        if len(content) < LARGE or not places:
            continue
        if tensor.name == "bias":
            tensor.dims[:] = shared["bias"].dims
        tensor.ClearField("raw_data")
        tensor.data_location = TensorProto.EXTERNAL
        name, start = places[0]
        for key, value in (("location", name), ("offset", start), ("length", len(content))):
            tensor.external_data.add(key=key, value=str(value))
    return model.SerializeToString()


def main() -> None:
    """Export, write the card, and compare with torch."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", choices=NAMES)
    parser.add_argument(
        "--weights", type=Path, nargs="+", required=True, help="folders that its script wrote to; the mean is taken"
    )
    parser.add_argument("--tuned", required=True, help="how the weights were tuned, for the card")
    options = parser.parse_args()
    name = options.name
    states = [torch.load(folder / f"{name}.pt", weights_only=True) for folder in options.weights]
    state = {own: sum(weights[own] for weights in states) / len(states) for own in states[0]}
    weights = {own: tensor.float().numpy() for own, tensor in state.items()}
    model = borrowed(changed(onnx.load(HERE / f"{PART}.onnx"), name, weights), HERE)
    network, vocabulary = larger.load_from(HERE), (HERE / VOCABULARY).read_bytes()
    card = {"network": network.digest, **NAMES[name](), "tuned": options.tuned}
    card["digest"] = digest_of([model, (HERE / f"{PART}.npz").read_bytes()], vocabulary, card)
    (HERE / f"{name}.onnx").write_bytes(model)
    (HERE / f"{name}.json").write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")
    compare(name, state, network, len(model))


def compare(name: str, state: dict[str, torch.Tensor], network: larger.Network, size: int) -> None:
    """Compare what the model says with torch, and remove it if that is something else."""
    adapted = Adapted(HERE, len(state["output.bias"])).eval()
    adapted.load_state_dict(state)
    shared = torch.tensor(network.states(network.inputs(*PAIR, network.passage_limit)))[None]
    with torch.inference_mode():
        exact = adapted(shared, torch.ones(shared.shape[:2]))[0].numpy()
    apart = float(np.abs(load_adapted(name, HERE, network).outputs(*PAIR) - exact).mean())
    print(f"{size / 1e6:.1f} MB; mean difference of log odds to torch {apart:.3f}")
    if apart > NEAR:
        (HERE / f"{name}.onnx").unlink()
        sys.exit("the model does not say what torch says")


if __name__ == "__main__":
    main()
