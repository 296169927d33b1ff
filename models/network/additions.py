"""Puts what was learned in additions of low rank into the ONNX model of a part of the network."""

import re
from collections.abc import Iterator, Mapping

import numpy as np
import onnx
from onnx import NodeProto, TensorProto, helper, numpy_helper

PRODUCTS = {"asked": "asked", "attention.attn.o": "mixed", "intermediate.dense": "inner", "output.dense": "outer"}
"""Products of a layer, as the files of the network and as `lowrank.Layer` name them."""
NAMED = re.compile(
    rf"layers\.(?:layers\.(?P<layer>\d)\.)?(?P<kind>{'|'.join(map(re.escape, PRODUCTS))})"
    r"(?:\.(?P<number>\d))?\.weight"
)

HALF = ".half"
"""What ends the name of a weight in 16 bits."""

Weights = Mapping[str, np.ndarray]


def additions_in(graph: onnx.GraphProto) -> dict[str, np.ndarray]:
    """Return the additions that a model has, as `lowrank.AddedLayers` names and turns them; empty without any."""
    halves = (tensor for tensor in graph.initializer if tensor.name.endswith(HALF))
    return {tensor.name.removesuffix(HALF): numpy_helper.to_array(tensor).astype(np.float32).T for tensor in halves}


def replace(graph: onnx.GraphProto, weights: Weights) -> None:
    """Put other numbers into the weights that a model has by these names, its additions among them."""
    for tensor in graph.initializer:
        name = tensor.name.removesuffix(HALF)
        if name in weights:
            values = weights[name].T.astype(np.float16) if name != tensor.name else weights[name]
            tensor.CopyFrom(numpy_helper.from_array(np.ascontiguousarray(values), tensor.name))


def put(model: onnx.ModelProto, weights: Weights) -> None:
    """Put an addition beside each product of the layers, in 16 bits; `weights` as `lowrank.AddedLayers` names them."""
    nodes: list[NodeProto] = []
    for node in model.graph.node:
        nodes.append(node)
        if node.op_type == "Product":
            nodes += _addition(model.graph, node, weights)
    del model.graph.node[:]
    model.graph.node.extend(nodes)


def halved(graph: onnx.GraphProto, name: str, values: np.ndarray) -> NodeProto:
    """Put a weight into a model in 16 bits, and return what makes 32 of them."""
    graph.initializer.append(numpy_helper.from_array(np.ascontiguousarray(values, np.float16), f"{name}{HALF}"))
    return helper.make_node("Cast", [f"{name}{HALF}"], [name], to=TensorProto.FLOAT)


def _addition(graph: onnx.GraphProto, node: NodeProto, weights: Weights) -> Iterator[NodeProto]:
    """Yield what adds to a product; the product itself gets another name for its result."""
    found = NAMED.fullmatch(node.input[1])
    if not found:
        raise ValueError(f"{node.input[1]} is no product of a layer")
    name = f"layers.{found['layer'] or found['number']}.{PRODUCTS[found['kind']]}"
    result, entry = node.output[0], node.input[0]
    node.output[0] = f"{result}_alone"
    for part in ("down", "up"):
        yield halved(graph, f"{name}.{part}", weights[f"{name}.{part}"].T)
    yield helper.make_node("MatMul", [entry, f"{name}.down"], [f"{name}.short"])
    yield helper.make_node("MatMul", [f"{name}.short", f"{name}.up"], [f"{name}.added"])
    yield helper.make_node("Add", [f"{result}_alone", f"{name}.added"], [result])
