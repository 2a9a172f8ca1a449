"""Records and lines: what is read, and what is said about each thing that is not."""

from __future__ import annotations

import io
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkers import (
    AnswerClaim,
    BadRecord,
    CitesClaim,
    Claim,
    Constraint,
    Json,
    LetClaim,
    Reference,
    RelationClaim,
    Source,
    StateClaim,
    Step,
    Trace,
    trace_of,
)
from checkers.jsonline import MAX_LINE, loads_line, read_lines
from checkers.record import claim_as_json, claim_from, reference_from

SHORT = st.text(max_size=200).map(lambda text: text.replace("\r", "")).filter(lambda text: len(text) <= 200)
CLAIMS = st.one_of(
    st.builds(RelationClaim, SHORT, SHORT, SHORT),
    st.builds(LetClaim, SHORT, SHORT, SHORT),
    st.builds(
        StateClaim,
        st.sampled_from(["stack", "sort", "swap", "order"]),
        SHORT,
        st.lists(SHORT, max_size=3).map(tuple),
        SHORT,
    ),
    st.builds(CitesClaim, SHORT, SHORT),
    st.builds(AnswerClaim, SHORT),
)


def test_a_whole_record_becomes_a_trace() -> None:
    record: dict[str, Json] = {
        "id": "a",
        "messages": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "How\r\nmany?"}],
        "steps": ["One\r\ntwo\rthree", {"text": "2+2=4", "id": "s2", "claim": {"kind": "answer", "value": "4"}}],
        "answer": "4",
        "constraints": [{"name": "length.words", "params": {"max": 9}, "origin": "reader", "span": [0, 3]}],
        "instruction_id_list": ["keywords:existence", "punctuation:no_comma"],
        "kwargs": [{"keywords": ["a"], "n": None}, None],
        "reference": {"answer": "4"},
        "sources": [{"id": "s", "text": "Two and two."}],
        "whatever": 3,
    }

    assert trace_of(record) == Trace(
        prompt="How\nmany?",
        steps=(Step("One\ntwo\nthree"), Step("2+2=4", "s2", AnswerClaim("4"))),
        answer="4",
        constraints=(
            Constraint("length.words", {"max": 9}, "reader", (0, 3)),
            Constraint("ifeval/keywords:existence", {"keywords": ["a"]}),
            Constraint("ifeval/punctuation:no_comma", {}),
        ),
        reference=Reference("4"),
        sources=(Source("s", text="Two and two."),),
    )


def test_a_response_alone_is_enough() -> None:
    assert trace_of({"response": "", "steps": None, "answer": None}) == Trace(response="")


@pytest.mark.parametrize(
    ("record", "named"),
    [
        ({}, "neither `response` nor `steps`"),
        ({"steps": []}, "neither `response` nor `steps`"),
        ({"response": 3}, "`response`"),
        ({"response": "a", "answer": 3}, "`answer`"),
        ({"response": "a", "prompt": ["b"]}, "`prompt`"),
        ({"response": "a", "messages": "b"}, "`messages`"),
        ({"response": "a", "messages": [{"role": "user"}]}, "`messages[0].content`"),
        ({"steps": "a"}, "`steps`"),
        ({"steps": ["a", 3]}, "`steps[1]`"),
        ({"steps": [{"claim": None}]}, "`steps[0].text`"),
        ({"steps": ["a"] * 10_001}, "`steps` has 10,001 entries"),
        ({"steps": [{"text": "a", "claim": {"kind": "magic"}}]}, "`steps[0].claim.kind`"),
        ({"steps": [{"text": "a", "claim": {"kind": "answer", "value": "v" * 201}}]}, "`steps[0].claim.value`"),
        ({"steps": [{"text": "a", "claim": {"kind": "answer", "value": "v", "x": 1}}]}, "unknown field 'x'"),
        ({"steps": [{"text": "a", "claim": {"kind": "relation", "left": "1", "op": "="}}]}, "`steps[0].claim.right`"),
        (
            {"steps": [{"text": "a", "claim": {"kind": "state", "system": "tape", "op": "o", "after": ""}}]},
            "claim.system",
        ),
        ({"response": "a", "constraints": [{"name": "x", "min": 3}]}, "unknown field 'min'"),
        ({"response": "a", "constraints": [{"params": {}}]}, "`constraints[0].name`"),
        ({"response": "a", "constraints": [{"name": "x", "params": [1]}]}, "`constraints[0].params`"),
        ({"response": "a", "constraints": [{"name": "x", "origin": "me"}]}, "`constraints[0].origin`"),
        ({"response": "a", "constraints": [{"name": "x", "span": [3, 1]}]}, "`constraints[0].span`"),
        ({"response": "a", "constraints": [{"name": "x", "span": [True, 2]}]}, "`constraints[0].span`"),
        ({"response": "a", "constraints": [{"name": "x"}] * 1_001}, "`constraints` has 1,001"),
        ({"response": "a", "instruction_id_list": ["a"], "kwargs": [{}, {}]}, "`kwargs` has 2 entries"),
        ({"response": "a", "instruction_id_list": [3]}, "`instruction_id_list[0]`"),
        ({"response": "a", "instruction_id_list": ["a"], "kwargs": [3]}, "`kwargs[0]`"),
        ({"response": "a", "reference": "b"}, "`reference`"),
        ({"response": "a", "reference": {"answer": [3]}}, "`reference.answer`"),
        ({"response": "a", "sources": [{"text": "t"}]}, "`sources[0].id`"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_a_wrong_shape_is_named_with_a_hint(record: dict[str, Json], named: str) -> None:
    with pytest.raises(BadRecord) as caught:
        trace_of(record)

    assert named in caught.value.what
    assert caught.value.hint


@given(claim=CLAIMS)
@settings(derandomize=True)
def test_a_claim_survives_the_way_to_json_and_back(claim: Claim) -> None:
    assert claim_from(claim_as_json(claim)) == claim


def test_every_kind_of_claim_is_read() -> None:
    kinds = {
        type(claim_from(told))
        for told in (
            {"kind": "relation", "left": "1", "op": "=", "right": "1"},
            {"kind": "let", "name": "x", "value": "1"},
            {"kind": "state", "system": "stack", "op": "push", "args": ["a"], "after": "a"},
            {"kind": "cites", "source": "s", "quote": "q"},
            {"kind": "answer", "value": "1"},
        )
    }

    assert kinds == set(get_args(Claim))


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"{", "not JSON"),
        (b"{'a': 1}", "not JSON"),
        (b'{"a": 1} {"b": 2}', "not JSON"),
        (b"[1]", "not a JSON object"),
        (b"3", "not a JSON object"),
        (b'{"a": "\xff"}', "not UTF-8 (byte 8)"),
        ('{"a": "b"}'.encode("utf-16"), "not UTF-8"),
        (b'{"a": 1, "b": {"c": 1, "c": 2}}', "'c' stands twice"),
        (b'{"a": NaN}', "NaN"),
        (b'{"a": -Infinity}', "Infinity"),
        (b'{"a": 1e999}', "too large"),
        (b'{"a": ' + b"1" * 4_001 + b"}", "4,000 digits"),
        (b'{"a": 0.' + b"1" * 4_001 + b"}", "4,000 digits"),
        (b'{"a": ' + b"[" * 64 + b"]" * 64 + b"}", "64 deep"),
        (b"[" * 100_000, "64 deep"),
        (b'{"a": "\\ud800"}', "half a character"),
        (b'{"\\udc00": 1}', "half a character"),
        (b'{"a": "' + b"x" * MAX_LINE + b'"}', "16 MiB"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_line_that_two_readers_may_read_differently_is_refused(raw: bytes, said: str) -> None:
    with pytest.raises(BadRecord) as caught:
        loads_line(raw)

    assert said in caught.value.what
    assert caught.value.hint


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        (b'{"a": "\\ud83d\\ude00"}', {"a": "\U0001f600"}),
        ('{"ä": "[[["}'.encode(), {"ä": "[[["}),
        (b'{"a": ' + b"[" * 63 + b"]" * 63 + b"}", None),
        (b'{"a": "' + b"[" * 500 + b'\\" ["}', None),
        (b'{"a": [' + b"[]," * 100 + b"1]}", None),
        (b'{"a": ' + b"1" * 4_000 + b"}", None),
    ],
    ids=lambda value: str(value)[:20],
)
def test_a_strict_line_is_read(raw: bytes, value: object) -> None:
    read = loads_line(raw)

    assert value is None or read == value


def test_a_refused_line_is_not_quoted() -> None:
    with pytest.raises(BadRecord) as caught:
        loads_line(b'{"a": secret-draft-text}')

    assert "secret" not in caught.value.what + caught.value.hint


def test_lines_are_numbered_as_an_editor_numbers_them() -> None:
    stream = io.BytesIO(b'\xef\xbb\xbf{"a":1}\r\n\n  \n{"b":2}\n{"c":"\xe2\x80\xa8"}')

    assert list(read_lines(stream)) == [(1, b'{"a":1}'), (4, b'{"b":2}'), (5, b'{"c":"\xe2\x80\xa8"}')]


class Asked(io.BytesIO):
    """Remembers the largest piece that was asked of it."""

    largest = 0

    def readline(self, size: int | None = -1, /) -> bytes:
        self.largest = max(self.largest, MAX_LINE * 99 if size is None or size < 0 else size)
        return super().readline(size)


def test_no_line_is_read_whole_before_its_length_is_known() -> None:
    stream = Asked(b"x" * (3 * MAX_LINE) + b'\n{"a":1}\n')

    lines = list(read_lines(stream))

    assert [number for number, _ in lines] == [1, 2]
    assert stream.largest <= MAX_LINE + 2


def test_a_long_line_costs_its_place_only() -> None:
    stream = io.BytesIO(b'{"a":1}\n' + b"x" * (MAX_LINE + 1) + b"\n" + b'{"b":2}\n' + b"y" * (2 * MAX_LINE))

    lines = list(read_lines(stream))

    assert [number for number, _ in lines] == [1, 2, 3, 4]
    assert [isinstance(line, BadRecord) for _, line in lines] == [False, True, False, True]
    assert lines[2][1] == b'{"b":2}'


@pytest.mark.parametrize(("answer", "text"), [(42, "42"), (0.5, "0.5"), ("1/2", "1/2"), (None, None)])
def test_a_reference_answer_may_be_a_number(answer: Json, text: str | None) -> None:
    assert reference_from({"answer": answer}).answer == text
