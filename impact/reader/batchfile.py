"""Questions written to a batch file, and answers read from one."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from impact.errors import ImpactError, UnreadableError
from impact.reader.answer import LARGEST, as_json, claims_in, object_with
from impact.reader.cache import AnswerCache, is_key
from impact.reader.client import LARGEST_BYTES, Body
from impact.reader.completion import content_of
from impact.reader.parts.questions import PartQuestions
from impact.reader.passages.choosing import PASSAGES
from impact.reader.points.raising import POINTS
from impact.reader.reasons import UnreadReason
from impact.taxonomy.values import Taxonomy

ADDRESS = "/v1/chat/completions"

PART_QUESTIONS: dict[str, PartQuestions[Any]] = {"points": POINTS, "passages": PASSAGES}
"""Questions on parts of a document, by the name of what an answer lists."""


def request_lines(bodies: Mapping[str, Body]) -> Iterator[str]:
    """Yield a line for each question, by key, in the batch format of OpenAI's API, which other servers read too."""
    for key, body in bodies.items():
        request = {"custom_id": key, "method": "POST", "url": ADDRESS, "body": body}
        yield json.dumps(request, ensure_ascii=False, separators=(",", ":")) + "\n"


def take_in(file: Path, cache: AnswerCache, taxonomy: Taxonomy) -> Counter[UnreadReason | None]:
    """Store the answers of a file, and count them by the reason why they are not used; None counts those stored.

    A line is one of a batch's output, with the answer under "response", or has the answer as "content" beside the
    "custom_id". Answers to questions that nobody asked are stored, and never used.

    Raises:
        UnreadableError: If the file cannot be read, or a line is no answer at all; those before it stay stored.
        ImpactError: If the folder of answers cannot be written to.
    """
    counts: Counter[UnreadReason | None] = Counter()
    try:
        with file.open("rb") as opened:
            for number, line in enumerate(_lines(opened, file), 1):
                key, outcome = _answer(line, f"{file}, line {number}", taxonomy)
                refused = outcome if isinstance(outcome, UnreadReason) else None
                if refused is None:
                    _keep(cache, key, outcome)
                counts[refused] += 1
    except OSError as error:
        raise UnreadableError(f"{file} cannot be read: {error.strerror}", "Check that it exists") from error
    return counts


def _lines(opened: Any, file: Path) -> Iterable[bytes]:
    """Yield the lines that are not white."""
    while line := opened.readline(LARGEST_BYTES + 1):
        if len(line) > LARGEST_BYTES:
            raise UnreadableError(
                f"{file} has a line of more than {LARGEST_BYTES} bytes", "Check that it is a file of answers"
            )
        if line.strip():
            yield line


def _keep(cache: AnswerCache, key: str, answer: str) -> None:
    try:
        cache.keep_text(key, answer)
    except OSError as error:
        message = f"an answer cannot be saved in {error.filename}: {error.strerror}"
        raise ImpactError(message, "Free disk space, or set another folder as answers in the settings file") from error


def _answer(line: bytes, where: str, taxonomy: Taxonomy) -> tuple[str, str | UnreadReason]:
    """Return the key of an answer, and what it claims, as it is kept, or why it is not used."""
    value = _object(line)
    key = value.get("custom_id")
    if not isinstance(key, str) or not is_key(key):
        hint = "Each line must be a JSON object with the custom_id of the question, and a response or content"
        raise UnreadableError(f"{where}: this is not an answer to a question of this program", hint)
    content: object = value.get("content")
    if "response" in value:
        response = value["response"]
        content = content_of(response.get("body")) if isinstance(response, dict) else UnreadReason.FAILED
    if isinstance(content, UnreadReason):
        return key, content
    text = json.dumps(content) if isinstance(content, dict) else content
    return key, checked_answer(text, taxonomy) if isinstance(text, str) else UnreadReason.FORM


def checked_answer(text: str, taxonomy: Taxonomy) -> str | UnreadReason:
    """Return an answer as it is stored, or why it is not used; its form shows which kind of question it answers."""
    if len(text) <= LARGEST and object_with(text, "labels") is None:
        for name, questions in PART_QUESTIONS.items():
            if object_with(text, name) is not None:
                return questions.checked(text, taxonomy)
    claims = claims_in(text, taxonomy)
    return claims if isinstance(claims, UnreadReason) else as_json(claims)


def _object(line: bytes) -> dict[str, Any]:
    """Return the object of JSON that a line is; an empty one where it is none."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
