"""`impact reader`."""

import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from impact.cli.calibrate import calibrate
from impact.cli.installed import check_installed
from impact.cli.messages import complain, failure_code, say
from impact.cli.options import reader_options
from impact.errors import ImpactError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from impact.reader import Door
    from impact.reader.parts.questions import PartsAgenda
    from impact.reader.reading import Agenda

_FILES = click.Path(path_type=Path, readable=False)
ALL, CLAUSES = "all", "clauses"
PARTS = {"passages": "passages to quote", "points": "points"}
"""What is asked for on parts of a document, by the name of its questions."""
_NEXT = "Give --reader ADDRESS and --reader-model NAME (docs/reader.md)"


@click.group()
def reader() -> None:
    """Test, calibrate or ask a second reader by file.

    A second reader is a language model that you trust. It runs on this machine, or on a host to which you allow clauses
    to be sent.
    """


reader.add_command(calibrate)


@reader.command()
@click.argument("files", nargs=-1, type=_FILES)
@reader_options
def check(files: tuple[Path, ...], door: "Door | None") -> None:
    """Test the connection and show what would be sent.

    For each of FILES, the command shows what would be sent and where. The test itself sends one question about a sample
    sentence. Nothing from FILES is sent.

    Exit codes: 0 completed; 1 failed; 2 incorrect usage; 4 completed, but some files failed.
    """
    import os
    import time

    from impact.reader.door import BY_FILE
    from impact.reader.rehearsal import rehearse
    from impact.reader.settings import KEY
    from impact.taxonomy import load

    if not door:
        raise ImpactError("no second reader is configured", _NEXT)
    key = os.environ.get(KEY, "")
    say(*_destination_lines(door, key=bool(key)))
    seconds = 0.0
    if door.address != BY_FILE:
        tried = rehearse(door, key, load(), time.monotonic)
        seconds = tried.seconds
        say(f"The model read a sample clause in {seconds:.1f} s with {tried.tokens} tokens and answered as required.")
    failed = 0
    for file in files:
        try:
            _say_cost(file, door, seconds)
        except ImpactError as error:
            failed += 1
            complain(error)
    sys.exit(failure_code(failed, len(files)))


@reader.command()
@click.argument("files", nargs=-1, required=True, type=_FILES)
@click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="File to write the questions to, one per line, in the batch format of the OpenAI API.",
)
@click.option("--reader-model", "model", help="Name of the model that will answer.  [default: IMPACT_READER_MODEL]")
@click.option(
    "--reader-passes",
    "passes",
    type=click.IntRange(1, 5),
    help="How often each question is asked. Give the same number when the answers are used.  [default: 1]",
)
@click.option(
    "--documents",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Folder with source documents. FILES are then labeled clauses, as for `impact evaluate`, and questions are "
    "about these clauses.",
)
@click.option(
    "--about",
    type=click.Choice((ALL, CLAUSES, *PARTS)),
    default=ALL,
    show_default=True,
    help="Ask about single clauses, for passages that the report should quote, for points on parts of the document, or "
    "all of these. Labeled clauses are asked about singly.",
)
def ask(
    files: tuple[Path, ...], out: Path, model: str | None, passes: int | None, documents: Path | None, about: str
) -> None:
    """Write questions about FILES to a file.

    The questions can then be answered elsewhere. Nothing is sent.

    Questions that already have an answer are left out. Import the answers with `impact reader answer`, then use them
    with --reader file and the same --reader-model.

    Exit codes: 0 completed; 1 failed; 2 incorrect usage; 4 completed, but some files failed.
    """
    from impact.cli.output import write_all
    from impact.reader import BY_FILE, configured
    from impact.reader.batchfile import request_lines

    door = configured({"address": BY_FILE, "model": model, "passes": passes})
    if not door:
        raise ImpactError("no second reader is configured", _NEXT)
    bodies: dict[str, Mapping[str, Any]] = {}
    failed = 0
    for file in files:
        try:
            bodies |= _labeled_questions(file, documents, door) if documents else _file_questions(file, door, about)
        except ImpactError as error:
            failed += 1
            complain(error)
    if failed < len(files):
        write_all(out.parent, {out.name: "".join(request_lines(bodies))})
        say(f"{_count(len(bodies), 'question')}: {out}")
    sys.exit(failure_code(failed, len(files)))


@reader.command()
@click.argument("files", nargs=-1, required=True, type=_FILES)
def answer(files: tuple[Path, ...]) -> None:
    """Import the answers in FILES.

    FILES are the output of an API batch, or lines with custom_id and content. Each answer is checked. Answers in
    another form are rejected, and their clauses remain unread.

    Exit codes: 0 completed; 1 failed, or no answer could be used; 2 incorrect usage; 4 completed, but some answers
    could not be used.
    """
    from impact.reader.batchfile import take_in
    from impact.reader.cache import AnswerCache
    from impact.reader.settings import answers_folder
    from impact.taxonomy import load

    folder, counts = answers_folder(), dict[str, int]()
    cache = AnswerCache(folder, load())
    for file in files:
        for why, number in take_in(file, cache, load()).items():
            counts[why or ""] = counts.get(why or "", 0) + number
    stored = counts.pop("", 0)
    say(f"{_count(stored, 'answer')} saved in {folder}")
    for reason, number in sorted(counts.items()):
        complain(f"{_count(number, 'answer')} rejected: {reason}")
    refused = sum(counts.values())
    sys.exit(failure_code(refused, refused + stored))


def _agendas(file: Path, door: "Door") -> "tuple[Agenda, dict[str, PartsAgenda[Any]]]":
    """Return what would be asked of the clauses of a file, and by `PARTS` of its parts as wholes."""
    from impact.classify import GRADERS
    from impact.pipeline import prepare
    from impact.reader.batchfile import PART_QUESTIONS
    from impact.reader.reading import agenda_of
    from impact.records import ASSESSED_LANGUAGES
    from impact.taxonomy import load

    proposal, clauses = prepare(file)
    english = proposal.language in ASSESSED_LANGUAGES
    chances = GRADERS["model"](proposal, clauses, frozenset(load().mechanisms)) if english else None
    read = proposal, clauses, chances, load(), door
    return agenda_of(*read), {name: PART_QUESTIONS[name].agenda(*read) for name in PARTS}


def _file_questions(file: Path, door: "Door", about: str) -> "dict[str, Mapping[str, Any]]":
    """Return by key the questions on a file that have no answer yet, and say how many there are."""
    from impact.reader.prompt import body_of
    from impact.taxonomy import load

    agenda, parts = _agendas(file, door)
    opened = agenda.open().items() if about in {ALL, CLAUSES} else ()
    bodies: dict[str, Mapping[str, Any]] = {
        key: body_of(inquiry, load(), door.model, door.answer_tokens) for key, inquiry in opened
    }
    counts = [
        f"{_count(len(questions.excerpts), 'question')} for {PARTS[name]}, {len(questions.known)} already answered"
        for name, questions in parts.items()
    ]
    say("; ".join((_agenda_line(str(file), agenda), *counts)))
    for name, questions in parts.items():
        bodies |= questions.open(load(), door) if about in {ALL, name} else {}
    return bodies


def _labeled_questions(file: Path, documents: Path, door: "Door") -> "dict[str, Mapping[str, Any]]":
    """Return by key the questions on labeled clauses that have no answer yet, and say how many there are."""
    check_installed("the questions on labeled clauses", "train")
    from impact.cli.evaluate import labeled_in, read_unboxed
    from impact.reader.prompt import body_of
    from impact.taxonomy import load
    from impact.train.evaluation.agendas import agendas
    from impact.train.evaluation.evaluate import Documents

    read = cache(read_unboxed)
    labeled = labeled_in((file,), load(), documents, read)
    bodies: dict[str, Mapping[str, Any]] = {}
    for name, agenda in agendas(labeled, Documents(read, documents), load(), door):
        for key, inquiry in agenda.open().items():
            bodies[key] = body_of(inquiry, load(), door.model, door.answer_tokens)
        say(_agenda_line(name, agenda))
    return bodies


def _agenda_line(name: str, agenda: "Agenda") -> str:
    return f"{name}: {_count(len(agenda.inquiries), 'question')} about clauses, {_answered(agenda)} already answered"


def _destination_lines(door: "Door", *, key: bool) -> list[str]:
    """Return lines that say where questions go."""
    if not door.host:
        return [f"Second reader: {door.model}, with answers from a file. Nothing is sent.", f"Answers: {door.answers}"]
    where = "on this machine; no text leaves it" if door.local else "NOT on this machine: clauses are sent there"
    plain = "" if door.local or door.encrypted else ", unencrypted"
    return [
        f"Second reader: {door.model} at {door.host}, {where}{plain}",
        f"Key: {'from the environment' if key else 'none'}. Answers are saved in {door.answers}",
    ]


def _say_cost(file: Path, door: "Door", seconds: float) -> None:
    """Say what a file would cost."""
    from impact.reader.rehearsal import estimate, estimate_of_parts
    from impact.taxonomy import load

    agenda, parts = _agendas(file, door)
    cost = estimate(agenda, load(), door, seconds)
    wholes = {name: estimate_of_parts(part, load(), door, seconds) for name, part in parts.items()}
    open_ = cost.asked - cost.answered
    say(
        f"{file}: {_count(cost.asked, 'question')} about clauses, {cost.answered} already answered.",
        f"  {_count(open_, 'question')} would be sent. Each contains a clause, the title, headings, neighboring"
        f" text and definitions: {cost.characters:,} characters, about {cost.tokens:,} tokens with the answers.",
    )
    for name, part in wholes.items():
        say(
            f"  {_count(part.asked - part.answered, 'question')} more would ask for {PARTS[name]} on parts of the"
            f" document, each with several clauses: {part.characters:,} characters, about {part.tokens:,} tokens with"
            " the answers."
        )
    every = (cost, *wholes.values())
    if seconds:
        say(
            f"  At the speed measured above, this takes about {max(1, round(sum(part.seconds for part in every))):,} s."
        )
    unasked = sum(part.asked - part.answered for part in every)
    if unasked > door.requests or sum(part.tokens for part in every) > door.tokens:
        say("  This exceeds the budget. The clauses least likely to matter would not be read.")


def _answered(agenda: "Agenda") -> int:
    return sum(key in agenda.known for key in agenda.keys)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"
