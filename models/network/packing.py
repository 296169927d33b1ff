"""Rewrites the products of an ONNX model, whose weights have 4 bits, so that they multiply whole numbers of 8.

The weights go to a file beside the model (`impact/classify/networks/products.py` reads it). The model names them and
holds the function `Product`. It divides each token by its largest number before that is rounded to 8 bits, or one token
with large numbers would make all others coarse.
"""

import re
from collections.abc import Mapping
from io import BytesIO

import numpy as np
import onnx
from onnx import FunctionProto, NodeProto, helper, numpy_helper

from impact.classify.networks.products import FRACTION, STEPS

OWN, SHIPPED = "impact", "com.microsoft"
"""Domain of our function; that of the product in onnxruntime."""

TOP = 63
"""Largest weight. Source: with 7 bits, sums of two products fit into 16 bits, so that processors without instructions
for networks compute the same."""

LEAST = 1e-9
"""Number that a token is divided by at least. Source: project judgment; keeps an empty token from dividing by 0."""

Packed = dict[str, np.ndarray]


def pack(model: onnx.ModelProto) -> Packed:
    """Rewrite the products of a model, and return the weights that belong into the file beside it."""
    known = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    packed: Packed = {}
    nodes = [
        _product(model.graph, node, known, packed) if node.op_type == "MatMulNBits" else node
        for node in model.graph.node
    ]
    used = {name for node in nodes for name in node.input}
    kept = [tensor for tensor in model.graph.initializer if tensor.name in used]
    for field, values in ((model.graph.node, nodes), (model.graph.initializer, kept)):
        del field[:]
        field.extend(values)
    model.opset_import.append(helper.make_opsetid(OWN, 1))
    model.functions.append(function())
    return packed


def function() -> FunctionProto:
    """Return the product of tokens and weights of 8 bits, each output with its scale."""
    end, least = (numpy_helper.from_array(np.array(value)) for value in ([-1], np.float32(LEAST)))
    return helper.make_function(
        OWN,
        "Product",
        ["tokens", "weight", "scale"],
        ["product"],
        [
            helper.make_node("Constant", [], ["end"], value=end),
            helper.make_node("Constant", [], ["least"], value=least),
            helper.make_node("Abs", ["tokens"], ["sizes"]),
            helper.make_node("ReduceMax", ["sizes", "end"], ["size"], keepdims=1),
            helper.make_node("Max", ["size", "least"], ["largest"]),
            helper.make_node("Div", ["tokens", "largest"], ["parts"]),
            helper.make_node("DynamicQuantizeMatMul", ["parts", "weight", "scale"], ["part"], domain=SHIPPED),
            helper.make_node("Mul", ["part", "largest"], ["product"]),
        ],
        [helper.make_opsetid("", 18), helper.make_opsetid(SHIPPED, 1)],
    )


def written(packed: Mapping[str, np.ndarray]) -> bytes:
    """Return the file of packed weights."""
    file = BytesIO()
    np.savez(file, **packed)
    return file.getvalue()


def _product(graph: onnx.GraphProto, node: NodeProto, known: Mapping[str, np.ndarray], packed: Packed) -> NodeProto:
    """Return a product in our form, and add its weights to `packed` and its scales to the graph."""
    form = {attribute.name: helper.get_attribute_value(attribute) for attribute in node.attribute}
    inputs, outputs, block = form["K"], form["N"], form["block_size"]
    halves, scales = (known[name].reshape(outputs, inputs // block, -1) for name in node.input[1:3])
    codes = np.stack([halves & 15, halves >> 4], -1).reshape(outputs, inputs)
    largest = np.abs((codes.reshape(outputs, -1, block).astype(np.float32) - 8) * scales).max((1, 2)) / TOP
    name = re.sub("_Q4$", "", node.input[1])
    turned = np.ascontiguousarray(codes.T)
    packed[name] = turned[:, 0::2] | (turned[:, 1::2] << 4)
    packed[name + STEPS] = np.round(scales[..., 0].T / largest * FRACTION).astype(np.int16)
    graph.initializer.append(numpy_helper.from_array(largest.astype(np.float32), f"{name}.scale"))
    return helper.make_node("Product", [node.input[0], name, f"{name}.scale"], node.output, node.name, domain=OWN)
