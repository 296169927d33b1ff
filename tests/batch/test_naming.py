"""DocumentNames of documents, and of their folders."""

from hypothesis import given
from hypothesis import strategies as st

from impact.batch.naming import DocumentNames, clean, folder_of

ANY = st.text(st.characters(exclude_characters="\0"), min_size=1)


def test_a_plain_name_stays_readable() -> None:
    assert folder_of("SG13/C-83.docx").startswith("C-83.docx-")


def test_names_that_differ_in_capitals_or_folders_alone_get_different_folders() -> None:
    names = ["a/c.txt", "b/c.txt", "a/C.txt", "c.txt"]

    assert len({folder_of(name).casefold() for name in names}) == len(names)


def test_the_name_of_a_device_is_no_folder() -> None:
    assert [folder_of(name)[:4] for name in ("CON.txt", "aux.pdf", "console.txt")] == ["_CON", "_aux", "cons"]


def test_letters_of_all_scripts_stay() -> None:
    assert folder_of("贡献/提案 3.docx").startswith("提案_3.docx-")


@given(ANY)
def test_any_name_gives_a_folder_that_every_system_can_hold(name: str) -> None:
    folder = folder_of(clean(name))

    assert len(folder.encode()) <= 100
    assert not set(folder) & set('<>:"/\\|?*\0\n ')
    assert folder[0] != "."
    assert folder[-1] not in ". "
    assert folder.isprintable()


@given(st.lists(ANY, max_size=30))
def test_each_document_gets_a_name_and_folder_of_its_own(wanted: list[str]) -> None:
    names = DocumentNames()

    given_names = [names.claim(name, f"/somewhere/{number}/{name}") for number, name in enumerate(wanted)]

    assert len({folder_of(str(name)) for name in given_names}) == len(wanted)


def test_a_name_that_is_taken_is_told_by_its_folder() -> None:
    names = DocumentNames()

    assert names.claim("C-1.txt", "/a/C-1.txt") == "C-1.txt"
    assert names.claim("C-1.txt", "/b/C-1.txt") == "b/C-1.txt"


def test_a_document_that_was_there_before_gets_no_name() -> None:
    names = DocumentNames()
    names.claim("C-1.txt", "/a/C-1.txt")

    assert names.claim("a/C-1.txt", "/a/C-1.txt") is None


def test_a_name_with_bytes_that_are_no_text_can_be_written() -> None:
    assert clean("C-\udcff.txt") == "C-\ufffd.txt"
