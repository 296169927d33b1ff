"""`impact reader`."""

import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from impact.cli.calibrate import calibrate
from impact.cli.messages import complain, failure_code, say
from impact.cli.options import reader_options
from impact.errors import ImpactError

if TYPE_CHECKING:
    from impact.reader import Door
    from impact.reader.reading import Agenda

_FILES = click.Path(path_type=Path, readable=False)
_NEXT = "Give --reader ADDRESS and --reader-model NAME (docs/reader.md)"


@click.group()
def reader() -> None:
    """Try a second reader, ask it by file, or calibrate it.

    A second reader is a language model that you trust: on this machine, or where you say that clauses may be sent.
    """


reader.add_command(calibrate)


@reader.command()
@click.argument("files", nargs=-1, type=_FILES)
@reader_options
def check(files: tuple[Path, ...], door: "Door | None") -> None:
    """Try the connection, and say what would be sent where for each of FILES.

    One question about a sentence of our own is asked. Of FILES nothing is sent.

    Exit codes: 0 done; 1 could not do it; 2 wrong usage; 4 done, and some files failed.
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
    say(*_places(door, key=bool(key)))
    seconds = 0.0
    if door.address != BY_FILE:
        tried = rehearse(door, key, load(), time.monotonic)
        seconds = tried.seconds
        say(f"A clause of our own was read in {seconds:.1f} s, for {tried.tokens} tokens, in the form asked for.")
    failed = 0
    for file in files:
        try:
            _tell(file, door, seconds)
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
    help="File for the questions, one a line, in the batch format of OpenAI's API.",
)
@click.option("--reader-model", "model", help="Name of the model that will be asked.  [default: IMPACT_READER_MODEL]")
@click.option(
    "--documents",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="FILES are labelled clauses as for impact evaluate; ask about these, in their documents of this folder.",
)
def ask(files: tuple[Path, ...], out: Path, model: str | None, documents: Path | None) -> None:
    """Write the questions on FILES to a file, to be answered elsewhere; nothing is sent.

    What has an answer already is not asked again. Take the answers in with impact reader answer, and read them with
    --reader file and the same --reader-model.

    Exit codes: 0 done; 1 could not do it; 2 wrong usage; 4 done, and some files failed.
    """
    from impact.cli.output import write_all
    from impact.reader import BY_FILE, configured
    from impact.reader.batchfile import request_lines
    from impact.reader.prompt import body_of
    from impact.taxonomy import load

    door = configured({"address": BY_FILE, "model": model})
    if not door:
        raise ImpactError("no second reader is configured", _NEXT)
    bodies, failed = {}, 0
    for file in files:
        try:
            agendas = _agendas_of_labelled(file, documents, door) if documents else [(str(file), _agenda(file, door))]
        except ImpactError as error:
            failed += 1
            complain(error)
            continue
        for name, agenda in agendas:
            for key, inquiry in agenda.open().items():
                bodies[key] = body_of(inquiry, load(), door.model, door.answer_tokens)
            say(f"{name}: {_count(len(agenda.inquiries), 'clause')} to ask about, {_kept(agenda)} answered already")
    if failed < len(files):
        write_all(out.parent, {out.name: "".join(request_lines(bodies))})
        say(f"{_count(len(bodies), 'question')}: {out}")
    sys.exit(failure_code(failed, len(files)))


@reader.command()
@click.argument("files", nargs=-1, required=True, type=_FILES)
def answer(files: tuple[Path, ...]) -> None:
    """Take in the answers in FILES: the output of a batch, or lines with custom_id and content.

    Each is checked. What is not as asked for is not kept, and its clause stays unread.

    Exit codes: 0 done; 1 could not do it, or no answer could be used; 2 wrong usage; 4 done, and some could not.
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
    kept = counts.pop("", 0)
    say(f"{_count(kept, 'answer')} kept in {folder}")
    for reason, number in sorted(counts.items()):
        complain(f"{_count(number, 'answer')} not used: {reason}")
    refused = sum(counts.values())
    sys.exit(failure_code(refused, refused + kept))


def _agenda(file: Path, door: "Door") -> "Agenda":
    """Return what would be asked of a file."""
    from impact.classify import GRADERS
    from impact.pipeline import prepare
    from impact.reader.reading import agenda_of
    from impact.records import ASSESSED_LANGUAGES
    from impact.taxonomy import load

    proposal, clauses = prepare(file)
    english = proposal.language in ASSESSED_LANGUAGES
    chances = GRADERS["model"](proposal, clauses, frozenset(load().mechanisms)) if english else None
    return agenda_of(proposal, clauses, chances, load(), door)


def _agendas_of_labelled(file: Path, documents: Path, door: "Door") -> "list[tuple[str, Agenda]]":
    """Return what would be asked of labelled clauses, by the names of their documents."""
    from impact.cli.evaluate import labelled_in, read_unboxed
    from impact.taxonomy import load
    from impact.train.evaluation.agendas import agendas
    from impact.train.evaluation.evaluate import Documents

    read = cache(read_unboxed)
    labelled = labelled_in((file,), load(), documents, read)
    return list(agendas(labelled, Documents(read, documents), load(), door))


def _places(door: "Door", *, key: bool) -> list[str]:
    """Return lines that say where questions go."""
    if not door.host:
        return [f"Second reader: {door.model}, whose answers come by file; nothing is sent.", f"Kept: {door.answers}"]
    where = "on this machine; nothing leaves it" if door.local else "NOT on this machine: clauses are sent there"
    plain = "" if door.local or door.encrypted else ", unencrypted"
    return [
        f"Second reader: {door.model} at {door.host}, {where}{plain}",
        f"Key: {'from the environment' if key else 'none'}. Answers are kept in {door.answers}",
    ]


def _tell(file: Path, door: "Door", seconds: float) -> None:
    """Say what a file would cost."""
    from impact.reader.rehearsal import estimate
    from impact.taxonomy import load

    cost = estimate(_agenda(file, door), load(), door, seconds)
    open_ = cost.asked - cost.kept
    say(
        f"{file}: {_count(cost.asked, 'clause')} to ask about, {cost.kept} answered already.",
        f"  {_count(open_, 'question')} would be sent, each a clause with title, headings, and what is beside it, and"
        f" definitions of ours: {cost.characters:,} characters, about {cost.tokens:,} tokens with the answers.",
    )
    if seconds:
        say(f"  At the speed above that takes about {max(1, round(cost.seconds)):,} s.")
    if open_ > door.requests or cost.tokens > door.tokens:
        say("  That is more than the budget allows; what is least likely to matter would stay unread.")


def _kept(agenda: "Agenda") -> int:
    return sum(key in agenda.known for key in agenda.keys)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'s' * (number != 1)}"
