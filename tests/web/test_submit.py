"""What becomes of files that are submitted."""

import io
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import mails

from impact.review.store import erasing, proposals
from impact.review.store.store import open_store
from impact.review.values.proposal import ProposalQuery
from impact.web.server.settings import Settings

JSON = {"Accept": "application/json"}
TEXT = "1. Requirements\n\n1.1 The lock keeper of {} shall open the gate at noon.\n"


def _send(asked: Callable[..., Any], client: Any, files: list[tuple[str, bytes]], **headers: str) -> Any:
    return asked(client, "/submit", files=[("files", file) for file in files], headers=headers)


def _zip(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return out.getvalue()


def test_a_page_without_javascript_says_what_became_of_each_file(alone: Any, asked: Callable[..., Any]) -> None:
    with alone.client() as client:
        files = [("Lock one.txt", TEXT.format("one").encode()), ("noise.pdf", bytes(range(256)) * 20)]
        page = _send(asked, client, files)
    assert page.status_code == 200
    assert "Lock one.txt" in page.text
    assert "noise.pdf has an unknown format" in page.text


def test_a_script_gets_json_with_the_address_of_the_proposal(alone: Any, asked: Callable[..., Any]) -> None:
    with alone.client() as client:
        told = _send(asked, client, [("a.txt", TEXT.format("two").encode())], **JSON).json()["files"][0]
        page = client.get(told["url"])
    assert (told["new"], told["state"], told["stage"]) == (True, "queued", "waiting")
    assert page.status_code == 200
    assert "waiting" in page.text


def test_the_same_file_again_leads_to_the_same_proposal(alone: Any, asked: Callable[..., Any]) -> None:
    with alone.client() as client:
        data = TEXT.format("three").encode()
        first = _send(asked, client, [("a.txt", data)], **JSON).json()["files"][0]
        second = _send(asked, client, [("b.txt", data)], **JSON).json()["files"][0]
    assert second["id"] == first["id"]
    assert not second["new"]


def test_a_zip_is_unpacked_and_each_document_in_it_is_a_proposal(alone: Any, asked: Callable[..., Any]) -> None:
    packed = _zip({"day/four.txt": TEXT.format("four").encode(), "../five.txt": TEXT.format("five").encode()})
    with alone.client() as client:
        told = _send(asked, client, [("meeting.zip", packed)], **JSON).json()["files"]
    assert sorted(one["file"] for one in told) == ["five.txt", "four.txt"]
    assert all(one["new"] for one in told)


def test_an_archive_of_several_documents_is_a_folder_of_its_name(alone: Any, asked: Callable[..., Any]) -> None:
    day = {"day/in one.txt": TEXT.format("folder one").encode(), "in two.txt": TEXT.format("folder two").encode()}
    with alone.client() as client:
        told = _send(asked, client, [("SA2 spring.zip", _zip(day))], **JSON).json()["files"]
        late = _zip({"late.txt": TEXT.format("late").encode(), "later.txt": TEXT.format("later").encode()})
        after = _send(asked, client, [("SA2 spring.tar.gz", late)], **JSON).json()["files"]
        page = client.get(f"/folders/{told[0]['folder']}").text
    assert told[0]["folder"]
    assert {row["folder"] for row in told + after} == {told[0]["folder"]}
    assert "SA2 spring" in page
    assert all(name in page for name in ("in one.txt", "in two.txt", "late.txt", "later.txt"))


def test_an_archive_goes_to_the_folder_that_was_chosen(alone: Any, asked: Callable[..., Any]) -> None:
    day = {"a.txt": TEXT.format("chosen one").encode(), "b.txt": TEXT.format("chosen two").encode()}
    with alone.client() as client:
        made = asked(client, "/folders", {"name": "Chosen"}, "/folders").headers["location"].rpartition("/")[2]
        files = [("files", ("other.zip", _zip(day)))]
        told = asked(client, "/submit", {"folder": made}, files=files, headers=JSON).json()["files"]
    assert [row["folder"] for row in told] == [made, made]


def test_a_proposal_with_its_further_documents_and_a_message_are_no_meetings(
    alone: Any, asked: Callable[..., Any]
) -> None:
    texts = {name: TEXT.format(name).encode() for name in ("S2-2101234.txt", "fig.txt", "mailed.txt")}
    tdoc = _zip({name: texts[name] for name in ("fig.txt", "S2-2101234.txt")})
    message = mails.eml("Of gates", TEXT.format("mail"), attachments={"mailed.txt": texts["mailed.txt"]})
    with alone.client() as client:
        told = _send(asked, client, [("S2-2101234.zip", tdoc), ("note.eml", message)], **JSON).json()["files"]
    assert [row["file"] for row in told] == ["S2-2101234.txt", "fig.txt", "note.eml", "mailed.txt"]
    assert {row["folder"] for row in told} == {""}


def test_cover_and_further_documents_lead_to_each_other(alone: Any, asked: Callable[..., Any]) -> None:
    tdoc = _zip({name: TEXT.format(f"came {name}").encode() for name in ("fig.txt", "S2-2109876.txt")})
    with alone.client() as client:
        cover, further = _send(asked, client, [("S2-2109876.zip", tdoc)], **JSON).json()["files"]
        pages = [client.get(row["url"]).text for row in (cover, further)]
    assert f'<dt>Further documents</dt><dd><a href="{further["url"]}">' in pages[0]
    assert f'<dt>Came with</dt><dd><a href="{cover["url"]}">' in pages[1]


def test_a_list_in_an_archive_is_no_proposal_and_names_what_covers_lack(
    alone: Any, petra: Any, asked: Callable[..., Any]
) -> None:
    rows = b"TDoc,Title,Source,Agenda item\nC-97,On listed gates,Gates Ltd,8.1\n"
    archive = _zip({"a/C-97.txt": TEXT.format("listed").encode(), "z.csv": rows, "b.txt": TEXT.format("un").encode()})
    with alone.client() as client:
        told = _send(asked, client, [("listed.zip", archive)], **JSON).json()["files"]
        page = client.get(next(row["url"] for row in told if row["file"] == "C-97.txt")).text
    assert told[0]["reason"] == "z.csv is a list of 1 document, not a proposal"
    assert "<dt>Agenda item</dt><dd><bdi>8.1</bdi>" in page
    stored = proposals.find(alone.state.store, petra, ProposalQuery(text="C-97")).proposals
    assert [row.listed and row.listed.organizations for row in stored] == ["Gates Ltd"]


def test_a_list_alone_is_refused_with_what_to_do(alone: Any, asked: Callable[..., Any]) -> None:
    with alone.client() as client:
        told = _send(asked, client, [("list.csv", b"TDoc,Title\nC-97,On gates\n")], **JSON).json()["files"]
    assert [row["reason"] for row in told] == ["list.csv is a list of 1 document, not a proposal"]
    assert "in one archive with the documents" in told[0]["hint"]


def test_a_zip_that_unpacks_to_far_more_than_its_size_is_refused(alone: Any, asked: Callable[..., Any]) -> None:
    with alone.client() as client:
        told = _send(asked, client, [("bomb.zip", _zip({"zeros.txt": bytes(50_000_000)}))], **JSON).json()["files"]
    assert [one["reason"] for one in told] == ["bomb.zip would unpack to more than 150 times its size"]


def test_an_empty_file_and_an_empty_zip_are_refused(alone: Any, asked: Callable[..., Any]) -> None:
    with alone.client() as client:
        files = [("nothing.txt", b""), ("nothing.zip", _zip({}))]
        told = _send(asked, client, files, **JSON).json()["files"]
    assert [one["reason"] for one in told] == ["nothing.txt is empty", "the archive contains no document"]


def test_a_file_above_the_limit_of_one_file_is_refused_in_one_line(alone: Any, asked: Callable[..., Any]) -> None:
    with alone.client() as client:
        told = _send(asked, client, [("big.txt", b"word " * 50_000)], **JSON).json()["files"][0]
    assert told["reason"] == "big.txt is larger than 0.2 MB"


def test_a_form_without_a_file_is_answered_with_a_page(alone: Any, asked: Callable[..., Any]) -> None:
    with alone.client() as client:
        page = asked(client, "/submit")
    assert page.status_code == 200
    assert "No file was selected" in page.text


def test_progress_leaves_out_what_is_not_there(alone: Any, asked: Callable[..., Any]) -> None:
    with alone.client() as client:
        made = _send(asked, client, [("a.txt", TEXT.format("six").encode())], **JSON).json()["files"][0]
        told = client.get("/progress", params={"proposal": [made["id"], "0123456789abcdef"]}).json()
    assert [one["id"] for one in told["proposals"]] == [made["id"]]


def test_whoever_has_no_document_at_hand_tries_a_sample(
    tmp_path: Path, served: Callable[..., Any], asked: Callable[..., Any]
) -> None:
    store = open_store(tmp_path)
    with served(store, Settings(workers=0)) as server, server.client() as client:
        first = client.get("/").text
        page = asked(client, "/sample", follow_redirects=True)
        again = asked(client, "/sample")
        later = client.get("/").text
    store.close()
    assert "Try a sample" in first
    assert "new-network.pdf" in page.text
    assert str(page.url).endswith(again.headers["location"])
    assert "Try a sample" not in later


def test_who_may_see_it_is_said_when_it_is_submitted(team: Any, asked: Callable[..., Any]) -> None:
    with team.signed_in("olga") as olga, team.signed_in("rita") as rita, team.signed_in("ruth") as ruth:
        given = {"readers": "rita", "readings": "2"}
        files = [("files", ("a.txt", TEXT.format("seven").encode()))]
        made = asked(olga, "/submit", given, files=files, headers=JSON).json()["files"][0]
        assert rita.get(made["url"]).status_code == 200
        assert ruth.get(made["url"]).status_code == 404


def test_a_name_of_nobody_is_refused_and_nothing_is_kept(team: Any, asked: Callable[..., Any]) -> None:
    with team.signed_in("olga") as olga:
        before = olga.get("/").text.count('class="item"')
        files = [("files", ("a.txt", TEXT.format("eight").encode()))]
        answer = asked(olga, "/submit", {"readers": "nobody"}, files=files, headers=JSON)
        after = olga.get("/").text.count('class="item"')
    assert answer.status_code == 404
    assert answer.json()["hint"] == "Enter the names of existing accounts"
    assert after == before


def test_where_the_server_keeps_for_some_days_a_document_is_gone_after_them(
    tmp_path: Path, served: Callable[..., Any], asked: Callable[..., Any]
) -> None:
    store = open_store(tmp_path)
    with served(store, Settings(workers=0, keep=30)) as server, server.client() as client:
        told = _send(asked, client, [("a.txt", TEXT.format("nine").encode())], **JSON).json()["files"][0]
        erasing.expire(store, server.state.now() + timedelta(days=29))
        before = client.get(told["url"]).status_code
        erasing.expire(store, server.state.now() + timedelta(days=31))
        after = client.get(told["url"]).status_code
    store.close()
    assert (before, after) == (200, 404)
