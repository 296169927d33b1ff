"""Makes files of an assessment or a page in a child process (`impact.sandbox`), since their words are a stranger's."""

import json
import pickle
from collections.abc import Callable, Mapping, Sequence

from impact.errors import ImpactError
from impact.records import Advice, Assessment
from impact.report.view.subject import ReportSubject
from impact.sandbox.own_folders import FONTS
from impact.sandbox.parcel import Intake, Parcel

ON_PAPER = "pdf"
"""How the name of a form ends that is laid out with fonts."""


def packed_subject(subject: ReportSubject) -> bytes:
    """Return what `make_files` has to know of a subject; only this program opens it again."""
    return pickle.dumps((subject.assessment, subject.advice, subject.annexed), pickle.HIGHEST_PROTOCOL)


def make_files(data: bytes, _name: str, letter: str, ready: Callable[..., None]) -> bytes:
    """Return files of an assessment; a task of the sandbox.

    Args:
        data: Of `packed_subject`.
        letter: The forms of `impact.report.MAKERS` to make, as JSON.
        ready: Called when the libraries are loaded.

    Returns:
        For `unpacked_files`: the file of each form, or why there is none.
    """
    from impact.report import MAKERS, prepare

    forms: list[str] = json.loads(letter)
    for form in forms:
        prepare(form)
    ready(FONTS if any(form.endswith(ON_PAPER) for form in forms) else ())
    assessment, advice, annexed = pickle.loads(data)  # noqa: S301 (made by the parent of this process)
    subject = _subject(assessment, advice, annexed=annexed)
    parcel = Parcel()
    for form in forms:
        try:
            content, failure = MAKERS[form](subject), ["", ""]
        except ImpactError as error:
            content, failure = b"", [error.message, error.hint]
        except Exception as error:  # noqa: BLE001 (one form that cannot be made costs the others nothing)
            content, failure = b"", [f"the file could not be produced: {type(error).__name__}", "Choose another format"]
        parcel.strings(failure)
        parcel.put(content)
    return parcel.bytes()


def unpacked_files(answer: bytes, forms: Sequence[str]) -> Mapping[str, bytes | ImpactError]:
    """Return the file of each form that was asked for, or why there is none.

    Raises:
        ValueError: If no honest child answers so.
    """
    intake, files = Intake(answer), dict[str, bytes | ImpactError]()
    for form in forms:
        message, hint = intake.strings()
        content = bytes(intake.take())
        files[form] = ImpactError(message, hint) if message else content
    intake.finish()
    return files


def print_page(data: bytes, _name: str, letter: str, ready: Callable[..., None]) -> bytes:
    """Return a page as PDF; a task of the sandbox. The letter has the style sheets that it gets, as JSON."""
    from impact.report.page.pdf import from_page, load

    load()
    ready(FONTS)
    return from_page(data.decode(), json.loads(letter))


def _subject(assessment: Assessment, advice: Advice, *, annexed: bool) -> ReportSubject:
    from impact.taxonomy import load

    return ReportSubject(assessment, lambda: advice, load(), annexed)
