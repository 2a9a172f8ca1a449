"""Quotas: wrong ones are told before anything is read, and every share has its interval."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NoReturn

import pytest

from checkers import BadTerms, Json, Member, Share, Terms, Unread, Whole, check_set, members_of_records


def read_nothing() -> NoReturn:
    raise AssertionError("the set was read")


@pytest.mark.parametrize(
    ("quotas", "said"),
    [
        ({"domian": {"math": "30%"}}, "domian"),
        ({"domain": "30%"}, "domain"),
        ({"domain": {"math": 0.3}}, "quotas.domain.math"),
        ({"domain": {"math": "30"}}, "quotas.domain.math"),
        ({"domain": {"math": "130%"}}, "quotas.domain.math"),
        ({"domain": {"math": True}}, "quotas.domain.math"),
        ({"domain": {"math": -1}}, "quotas.domain.math"),
        ({"domain": {"math": {"least": 1}}}, "quotas.domain.math"),
        ({"domain": {"math": {}}}, "quotas.domain.math"),
        ({"domain": {"math": {"min": "40%", "max": "30%"}}}, "more than it allows"),
        ({"domain": {"math": "60%", "law": "50%"}}, "100 %"),
        ({"domain": {" ": "60%"}}, "no label"),
        ({"safety": {"maybe": "60%"}}, "maybe"),
        ({"sample": "yes"}, "sample"),
        ([], "quotas"),
    ],
)
def test_a_wrong_quota_is_told_with_a_hint_before_the_set_is_read(quotas: Json, said: str) -> None:
    with pytest.raises(BadTerms) as told:
        list(check_set(read_nothing, terms=Terms({"quotas": quotas})))

    assert said in told.value.what
    assert told.value.hint


def test_a_misspelt_kind_is_told_by_its_nearest() -> None:
    with pytest.raises(BadTerms) as told:
        list(check_set(read_nothing, terms=Terms({"quotas": {"domian": {}}})))

    assert told.value.hint == "did you mean [quotas.domain]?"


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (0, 0, 0.0, 1.0)],
)
def test_wilsons_interval_is_that_of_the_tables(hits: int, of: int, low: float, high: float) -> None:
    assert Share(hits, of).interval == pytest.approx((low, high), abs=1e-4)


def test_the_tables_count_every_label_and_what_says_none_and_bound_their_length() -> None:
    def read() -> Iterator[Member | Unread]:
        return members_of_records({"prompt": "p", "domain": f"d{number % 1500}"} for number in range(2_000))

    whole = [one for one in check_set(read, select=["coverage"]) if isinstance(one, Whole)][0]
    tables = {table.name: table for table in whole.tables}

    assert list(tables) == ["task", "domain", "difficulty", "language", "safety"]
    assert tables["task"].rows[0][:3] == ("(not said)", 2_000, 1.0)
    assert tables["domain"].rows[0][:2] == ("d0", 2)
    assert tables["domain"].rows[-1][:2] == ("(1,450 others)", 1_900)
    assert len(tables["domain"].rows) == 51
