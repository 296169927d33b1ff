"""Reports that are kept in memory once they were read."""

from impact.review.decide import reading
from impact.review.store import analyses, blobs, report_cache
from impact.review.store.report_cache import ReportCache


def test_a_report_is_parsed_once_and_then_kept(light, person, submitted, monkeypatch):
    ada = person(light, "ada")
    one = submitted(light, ada)
    report_cache.CACHE.clear()
    parsed = []
    monkeypatch.setattr(
        analyses, "parse_report", lambda data, parse=analyses.parse_report: parsed.append(1) or parse(data)
    )

    first, second = (reading.open_desk(light, ada, one.id).report for _ in range(2))

    assert first is second
    assert parsed == [1]


def test_a_newer_analysis_is_another_report(light, person, submitted, analyze, report):
    from impact.review.store import proposals

    ada = person(light, "ada")
    one = submitted(light, ada)
    before = reading.open_desk(light, ada, one.id).report
    proposals.analyze_again(light, ada, one.id, {}, one.created)
    analyze(light, one, report(b"one", title="Another title"))

    after = reading.open_desk(light, ada, one.id).report

    assert before.document.title != after.document.title == "Another title"


def test_two_stores_do_not_share_what_has_the_same_digest(light, store, person, submitted):
    ada = person(light, "ada")
    one = submitted(light, ada)
    reading.open_desk(light, ada, one.id)
    digest = dict(analyses.get(light, ada, one.id).files)["report.json"]

    assert report_cache.CACHE.get((light.files, digest))
    assert report_cache.CACHE.get((store.files, digest)) is None
    assert blobs.path_of(light.files, digest).exists()


def test_what_was_not_used_for_long_or_is_too_much_goes_first(light, person, submitted, monkeypatch):
    ada = person(light, "ada")
    report = reading.open_desk(light, ada, submitted(light, ada).id).report
    now = [0.0]
    cache = ReportCache(lambda: now[0])
    monkeypatch.setattr(report_cache, "MOST_BYTES", 30)

    for name in "abc":
        cache.put((light.files, name), report, 12)
    kept = [name for name in "abc" if cache.get((light.files, name))]
    now[0] = report_cache.SECONDS + 1

    assert kept == ["b", "c"]
    assert cache.get((light.files, "c")) is None


def test_an_erasure_on_the_page_forgets_all_reports(light, person, submitted):
    from impact.web.server import memory

    ada = person(light, "ada")
    one = submitted(light, ada)
    reading.open_desk(light, ada, one.id)
    digest = dict(analyses.get(light, ada, one.id).files)["report.json"]

    memory.forget()

    assert report_cache.CACHE.get((light.files, digest)) is None
