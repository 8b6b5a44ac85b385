"""French dates, strictly."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from normalizers.dates import MONTHS, read_dates


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fait à Brest, le 27 août 2024", date(2024, 8, 27)),
        ("le 1er octobre 2024", date(2024, 10, 1)),
        ("le 1 er octobre 2024", date(2024, 10, 1)),
        ("le 01 octobre 2024", date(2024, 10, 1)),
        ("16/10/2023", date(2023, 10, 16)),
        ("16.10.2023", date(2023, 10, 16)),
        ("2024-04-13", date(2024, 4, 13)),
        ("2024.04.13", date(2024, 4, 13)),
        ("20 DÉCEMBRE 2023", date(2023, 12, 20)),
        ("30 février 2024", None),
        ("31/04/2024", None),
        ("septembre 2024", None),
        ("2024", None),
        ("le ………… 2024", None),
        ("SIRET 22719501300031", None),
        ("096-272115155-20230920", None),
        ("le 3 mai 2024, soit le 03/05/2024", date(2024, 5, 3)),
        ("le premier août deux mille trente", date(2030, 8, 1)),
        ("le Trente et un mars deux mille vingt-neuf,", date(2029, 3, 31)),
        ("le vingt-neuf février deux mille vingt-trois", None),
        ("le douze mai deux mille", date(2000, 5, 12)),
        ("en mai deux mille vingt", None),
    ],
)
def test_only_a_date_is_one(text: str, expected: date | None) -> None:
    assert {d.value for d in read_dates(text)} == ({expected} if expected else set())


def test_two_dates_are_both_read() -> None:
    both = read_dates("le 3 mai 2024 puis le 4 mai 2024")
    assert [d.value for d in both] == [date(2024, 5, 3), date(2024, 5, 4)]


def test_a_date_in_words_and_in_figures_is_one() -> None:
    (only,) = read_dates("le sept juin deux mille trente (07/06/2030)")
    assert only.value == date(2030, 6, 7)


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)), st.sampled_from(sorted(MONTHS)))
def test_what_is_written_is_read(day: date, month: str) -> None:
    assert [d.value for d in read_dates(f"le {day:%d/%m/%Y}, soit {day}")] == [day, day]
    written = read_dates(f"signé le {day.day} {month} {day.year}.")
    assert all((d.value.day, d.value.month) == (day.day, MONTHS[month]) for d in written)


@given(st.text(max_size=60))
def test_any_text_is_survived(text: str) -> None:
    assert all(text[d.start : d.end].strip() for d in read_dates(text))
