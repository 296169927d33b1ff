"""Make the network of this folder from tuned weights: export to ONNX, quantize to 4 bits, write network.json.

    pip install -e '.[encoder]'
    python models/network/export.py --weights FOLDER --tuned "how"

FOLDER is what `train.py` and then `train_salience.py` beside this file wrote to.
"""

import argparse
import hashlib
import json
import logging
import os
import shutil
import sys
import tempfile
import warnings
from copy import deepcopy
from pathlib import Path
from typing import Any

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # before its first import, or it reports to its maker

import numpy as np
import onnx
import torch
from onnxruntime.quantization.matmul_nbits_quantizer import DefaultWeightOnlyQuantConfig, MatMulNBitsQuantizer
from packing import pack, written
from train import LABELS, OFFICIAL, WHEELS, Larger, fetch, tune
from upper import SCALE, SHARED, Upper

from impact.classify.networks.files import VOCABULARY, digest_of, files_of
from impact.classify.networks.larger import MODELS, load_from

FILES, CARD = files_of(MODELS), "network.json"

HERE = Path(__file__).resolve().parent
SENTENCES = HERE.parent / "encoder" / "sentences.txt"
BITS, BLOCK = 4, 32
"""Bits of a weight, and weights that share a scale. Source: README.md beside this file."""

LEAST = 0.98
"""Mean cosine of log odds to 32 bits below which nothing is written. Source: project judgment."""


class Product(torch.nn.Module):
    """A linear layer as a product and a sum, which the quantizer knows."""

    def __init__(self, linear: torch.nn.Linear) -> None:
        super().__init__()
        self.weight = torch.nn.Parameter(linear.weight.detach().t().contiguous())
        self.bias = torch.nn.Parameter(linear.bias.detach())

    def forward(self, state: torch.Tensor) -> torch.Tensor:
        """Return shape [n, outputs]."""
        return torch.matmul(state, self.weight) + self.bias


class Layers(torch.nn.Module):
    """Some layers of the network. Query, key and value of a layer are one product."""

    def __init__(self, layers: torch.nn.ModuleList) -> None:
        super().__init__()
        self.layers = layers
        self.asked = torch.nn.ModuleList(Product(together(layer.attention.attn)) for layer in layers)
        for layer in layers:
            layer.attention.attn.o = Product(layer.attention.attn.o)
            layer.intermediate.dense = Product(layer.intermediate.dense)
            layer.output.dense = Product(layer.output.dense)

    def forward(self, state: torch.Tensor, bias: torch.Tensor) -> torch.Tensor:
        """Return the state of all tokens, shape [n, dimension]."""
        for asked, layer in zip(self.asked, self.layers, strict=True):
            state = through(state, asked, layer, bias)
        return state


class Shared(torch.nn.Module):
    """The layers that both tasks share, for one text at a time: tokens in, their states out.

    The table of words has 8 bits and one scale for each word.
    """

    def __init__(self, larger: Larger, limit: int) -> None:
        super().__init__()
        self.embeddings = larger.model.embeddings
        self.layers = Layers(larger.model.encoder.layer[:SHARED])
        table = self.embeddings.word_embeddings.weight.detach()
        scales = table.abs().amax(dim=1, keepdim=True).clamp(min=1e-9) / 127
        self.register_buffer("table", torch.round(table / scales).to(torch.int8))
        self.register_buffer("scales", scales)
        self.register_buffer("bias", bias_between(larger, limit))

    def forward(self, input_ids: torch.Tensor) -> torch.Tensor:
        """Return shape [n, dimension] for numbers of shape [n]; all tokens are attended to."""
        count, parts = input_ids.shape[0], self.embeddings
        words = self.table[input_ids].float() * self.scales[input_ids]
        first = parts.padding_idx + 1
        state = parts.LayerNorm(words + parts.position_embeddings.weight[first : first + count])
        return self.layers(state, self.bias[:, :count, :count])


class Labels(torch.nn.Module):
    """The layers that tell labels: states in; log odds of what is proposed and of what is only mentioned out."""

    def __init__(self, larger: Larger, limit: int) -> None:
        super().__init__()
        self.layers = Layers(larger.model.encoder.layer[SHARED:])
        self.output = scaled(larger.output, 2 * len(LABELS), tune.SCALE)
        self.register_buffer("bias", bias_between(larger, limit))

    def forward(self, states: torch.Tensor) -> torch.Tensor:
        """Return shape [2, labels]."""
        count = states.shape[0]
        return self.output(mean_of(self.layers(states, self.bias[:, :count, :count]))).view(2, len(LABELS))


class Salience(torch.nn.Module):
    """The layers that tell salience: states in; what is said of the passage and of each token out."""

    def __init__(self, larger: Larger, upper: Upper, limit: int) -> None:
        super().__init__()
        self.layers = Layers(upper.layers)
        self.choice, self.mark = scaled(upper.choice, 2, SCALE), upper.mark
        self.register_buffer("bias", bias_between(larger, limit))

    def forward(self, states: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Return log odds that readers show the passage and want it first, shape [2], and marks of tokens."""
        count = states.shape[0]
        last = self.layers(states, self.bias[:, :count, :count])
        return self.choice(mean_of(last)).view(2), self.mark(last).view(count)


def bias_between(larger: Larger, limit: int) -> torch.Tensor:
    """Return what is added to the attention between tokens by their distance, shape [heads, limit, limit]."""
    places, encoder = torch.arange(limit), larger.model.encoder
    buckets = encoder.relative_position_bucket(places[None, :] - places[:, None], num_buckets=32)
    return encoder.relative_attention_bias.weight.detach()[buckets].permute(2, 0, 1).contiguous()


def mean_of(state: torch.Tensor) -> torch.Tensor:
    """Return the mean state as a unit vector, shape [1, dimension]."""
    return torch.nn.functional.normalize(state.mean(dim=0, keepdim=True), dim=1)


def scaled(output: torch.nn.Linear, count: int, scale: float) -> torch.nn.Linear:
    """Return the first outputs of a layer that takes unit vectors `scale` times as long."""
    result = torch.nn.Linear(output.in_features, count)
    result.weight.data = output.weight.detach()[:count] * scale
    result.bias.data = output.bias.detach()[:count]
    return result


def together(attention: Any) -> torch.nn.Linear:
    """Return query, scaled for the softmax, key and value of a layer as one product."""
    scale = attention.attention_head_size**-0.5
    parts = (attention.q, scale), (attention.k, 1.0), (attention.v, 1.0)
    whole = torch.nn.Linear(attention.q.in_features, 3 * attention.all_head_size)
    whole.weight.data = torch.cat([part.weight.detach() * factor for part, factor in parts])
    whole.bias.data = torch.cat([part.bias.detach() * factor for part, factor in parts])
    return whole


def through(state: torch.Tensor, asked: Product, layer: Any, bias: torch.Tensor) -> torch.Tensor:
    """Return the state of all tokens, shape [n, dimension], after a layer; `asked` as `together` has it."""
    (count, dimension), heads = state.shape, bias.shape[0]
    query, key, value = asked(state).view(count, 3, heads, dimension // heads).permute(1, 2, 0, 3).unbind(0)
    heard = torch.softmax(query @ key.transpose(1, 2) + bias, dim=-1) @ value
    mixed = layer.attention.attn.o(heard.transpose(0, 1).reshape(count, dimension))
    state = layer.attention.LayerNorm(mixed + state)
    inner = torch.nn.functional.gelu(layer.intermediate.dense(state))
    return layer.output.LayerNorm(layer.output.dense(inner) + state)


def write_models(larger: Larger, upper: Upper, limits: dict[str, int], folder: Path) -> None:
    """Write the three parts of the network; what enters a product is quantized as it comes."""
    numbers = torch.tensor([0, 2027, 2007, 1041, 3235, 2])
    states = torch.zeros(len(numbers), larger.model.config.hidden_size)
    longest = limits["passage_limit"]
    parts = {
        "network": (Shared(deepcopy(larger), longest), numbers, "input_ids", ["states"]),
        "labels": (Labels(deepcopy(larger), limits["limit"]), states, "states", ["scores"]),
        "salience": (Salience(larger, deepcopy(upper), longest), states, "states", ["choice", "marks"]),
    }
    for name, part in parts.items():
        write_model(*part, folder / f"{name}.onnx")


def write_model(module: torch.nn.Module, example: torch.Tensor, entry: str, outputs: list[str], target: Path) -> None:
    """Export, and quantize the weights of the layers."""
    with tempfile.TemporaryDirectory() as place, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exact = Path(place) / "exact.onnx"
        torch.onnx.export(
            module.eval(),
            (example,),
            exact,
            input_names=[entry],
            output_names=outputs,
            dynamic_axes={name: {0: "n"} for name in (entry, *outputs) if name not in {"scores", "choice"}},
            opset_version=18,
            dynamo=False,
        )
        logging.disable(logging.WARNING)
        shape = {"block_size": BLOCK, "is_symmetric": True}
        config = DefaultWeightOnlyQuantConfig(**shape, bits=BITS)
        quantizer = MatMulNBitsQuantizer(onnx.load(exact), **shape, algo_config=config)
        quantizer.process()
        weights = pack(quantizer.model.model)
        target.write_bytes(quantizer.model.model.SerializeToString())
        target.with_suffix(".npz").write_bytes(written(weights))


def write_card(folder: Path, limits: dict[str, int], source: dict[str, Any]) -> dict[str, Any]:
    """Write network.json and return what it says."""
    vocabulary, *contents = ((folder / name).read_bytes() for name in (VOCABULARY, *FILES))
    decides = {"labels": list(LABELS), **limits}
    card = {
        "name": "all-mpnet-base-v2",
        **decides,
        "digest": digest_of(contents, vocabulary, decides),
        "files": {
            name: hashlib.sha256(content).hexdigest()
            for name, content in zip((VOCABULARY, *FILES), (vocabulary, *contents), strict=True)
        },
        "source": source,
    }
    (folder / CARD).write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")
    return card


def cosines(folder: Path, larger: Larger) -> list[float]:
    """Return, for each of our sentences, the cosine between the log odds of 4 bits and those of 32."""
    network = load_from(folder)
    found = []
    for sentence in SENTENCES.read_text(encoding="utf-8").splitlines():
        with torch.inference_mode():
            exact = larger([sentence], [""])[0, : 2 * len(LABELS)].numpy()
        small = network.scores(sentence).T.ravel()
        found.append(float(exact @ small / np.linalg.norm(exact) / np.linalg.norm(small)))
    return found


def build(options: argparse.Namespace) -> None:
    """Make all files in a folder aside, compare, and copy them to this folder if they are good."""
    official = fetch(options.weights)
    larger = Larger(official, options.layers, 0, exact=True)
    larger.load_state_dict(torch.load(options.weights / "weights.pt", weights_only=True))
    upper = Upper(larger)
    upper.load_state_dict(torch.load(options.weights / "upper.pt", weights_only=True))
    larger.eval()
    limits = {"limit": options.limit, "passage_limit": options.passage_limit}
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        shutil.copyfile(official / VOCABULARY, folder / VOCABULARY)
        write_models(larger, upper, limits, folder)
        source = {"wheels": WHEELS, "weights": OFFICIAL, "tuned": options.tuned}
        card = write_card(folder, limits, source)
        found = cosines(folder, larger)
        mean = sum(found) / len(found)
        print(f"{len(found)} sentences: cosine to 32 bits {mean:.4f} on average, {min(found):.4f} at least")
        if mean < LEAST:
            sys.exit(f"below {LEAST}: nothing written")
        for name in (*card["files"], CARD):
            shutil.copyfile(folder / name, options.out / name)
    size = sum((options.out / name).stat().st_size for name in FILES)
    print(f"{size / 1e6:.1f} MB, digest {card['digest']}")


def main() -> None:
    """Take the options and build."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--weights", type=Path, required=True, help="folder that train.py wrote to")
    parser.add_argument("--layers", type=int, default=8, help="layers that the weights have")
    parser.add_argument("--limit", type=int, default=96, help="tokens that count, special tokens included")
    parser.add_argument("--passage-limit", type=int, default=160, help="the same where salience is asked")
    parser.add_argument("--tuned", default="", help="one line on how the weights were trained further")
    parser.add_argument("--out", type=Path, default=HERE, help="where to put the files; without it beside this script")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    build(options)


if __name__ == "__main__":
    main()
