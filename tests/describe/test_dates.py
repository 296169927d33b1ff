"""Dates of standards bodies, to ISO 8601."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impact.describe.dates import find_date


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("Geneva, 23 September - 4 October 2019", "2019-09-23"),
        ("Geneva, 30 April \u2013 1 May 2018", "2018-04-30"),
        ("4-5 May 2020", "2020-05-04"),
        ("18th \u2013 22nd November 2019", "2019-11-18"),
        ("November 18-22, 2019", "2019-11-18"),
        ("Oct 30 \u2013 Nov 2, 2022", "2022-10-30"),
        ("May 18, 2020", "2020-05-18"),
        ("3rd April 2020", "2020-04-03"),
        ("September 2019", "2019-09"),
        ("June, 2022", "2022-06"),
        ("Jun-2016", "2016-06"),
        ("(11/2016)", "2016-11"),
        ("(2017/04)", "2017-04"),
        ("V16.1.0 (2020-07)", "2020-07"),
        ("2007-01-01", "2007-01-01"),
        ("15.06.2023", "2023-06-15"),
        ("15.VI.2019", "2019-06-15"),
        ("25 May 71", "1971-05-25"),
        ("23 de septiembre de 2019", "2019-09-23"),
        ("1er mai 2019", "2019-05-01"),
        ("23 сентября 2019", "2019-09-23"),
        ("2019年9月23日", "2019-09-23"),
    ],
)
def test_a_date_is_read_as_precisely_as_it_is_written(written, iso):
    found = find_date(written)

    assert found is not None
    assert found.iso == iso


def test_a_year_typed_with_an_l_for_a_1_is_read():
    found = find_date("June l988")

    assert found is not None
    assert (found.iso, found.start, found.end) == ("1988-06", 0, 9)


@pytest.mark.parametrize(
    "text",
    [
        "2019",
        "RFC 2019",
        "31 February 2019",
        "ISO 17301-1:2016/Amd.1:2017",
        "study period 2017-2020",
        "V1.28.1",
        "10.1.2020.4",
    ],
)
def test_what_is_no_date_is_left_alone(text):
    assert find_date(text) is None


@given(
    st.dates(min_value=date(1960, 1, 1), max_value=date(2099, 12, 31)),
    st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%d.%m.%Y"]),
)
def test_every_day_comes_back_from_every_form(day, form):
    written = day.strftime(form)

    found = find_date(f"Version of {written} as agreed")

    assert found is not None
    assert found.iso == day.isoformat()
    assert f"Version of {written} as agreed"[found.start : found.end] == written


@given(st.text(alphabet="0123456789-./ ()Mayune", max_size=40))
def test_no_text_breaks_the_search(text):
    found = find_date(text)

    assert found is None or 0 <= found.start < found.end <= len(text)
