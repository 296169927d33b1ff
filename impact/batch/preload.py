"""What the process that workers are forked from loads once, so that a fresh worker is there at once."""

import os
from contextlib import suppress
from importlib import import_module

# onnxruntime is left to the workers: it starts a thread.
for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):  # a fork knows nothing of the threads of its parent
    os.environ.setdefault(_name, "1")

for _module in (
    "impact.batch.slot",
    "impact.pipeline",
    "impact.extract.door",
    "impact.classify.cues",
    "impact.classify.model",
    "impact.classify.encoder",
    "impact.report.htmlpage",
    "impact.report.jsonfile",
    "impact.describe.fields",
    "numpy",
    "jinja2",
    "spacy",
):
    with suppress(ImportError):  # the worker that needs it says what is missing
        import_module(_module)
