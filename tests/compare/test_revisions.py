"""Revisions made by bench/compare.py with known truth, of our samples and, where they lie beside, of real documents."""

import importlib.util
import sys
from pathlib import Path

import pytest

from impact.compare.chains import chains
from impact.paths import shelf
from impact.pipeline import prepare

BENCH = Path(__file__).parents[2] / "bench" / "compare.py"
SHARED = Path(__file__).parents[3] / "shared" / "documents"
SAMPLES = shelf("corpora") / "proposals"
NEEDED = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared/documents is not beside the checkout")
REAL = [
    "ietf/rfc9458.txt",
    "layouts/rfc9458.html",
    "itu-3gpp-etsi/T-REC-K.20-201810-I_MSW-E.docx",
    "layouts/rfc9423.pdf",
]


@pytest.fixture(scope="module")
def bench():
    spec = importlib.util.spec_from_file_location("bench_compare", BENCH)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def scores(bench, path, others):
    source, other = bench.load(path), bench.load(others)
    revisions = (bench.revise(source, other.clauses, rate, f"{rate}") for rate in bench.RATES)
    return [bench.judge(source, items).f1 for items in revisions]


@pytest.mark.parametrize("name", ["new-network.docx", "careful-wallet.pdf", "street-cameras.docx"])
def test_clauses_of_edited_samples_are_found_again(bench, name):
    assert min(scores(bench, SAMPLES / name, SAMPLES / "audio-payload.pdf")) >= 0.95


@pytest.mark.shared
@NEEDED
@pytest.mark.parametrize("name", REAL)
def test_clauses_of_edited_real_documents_are_found_again(bench, name):
    assert min(scores(bench, SHARED / name, SHARED / "ietf" / "rfc8546.txt")) >= 0.95


@pytest.mark.shared
@NEEDED
def test_a_real_draft_and_its_rfc_are_a_chain_and_its_neighbors_are_not():
    rows = []
    for path in [*SHARED.glob("layouts/draft-ietf-*-09.xml"), *SHARED.glob("ietf/rfc9[0-9]*.txt")]:
        proposal, _ = prepare(path)
        about = (getattr(proposal, field) for field in ("number", "revision", "title", "date", "body", "group"))
        rows.append((path.name, *about))

    assert len(rows) > 4
    assert chains(rows) == (("draft-ietf-ohai-ohttp-09.xml", "rfc9458.txt"),)
