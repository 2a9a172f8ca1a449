"""Ingest: what a line may be, and the sentence for each way it can be wrong."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from copilot.errors import CopilotError
from copilot.ingest import read_item_file, read_items
from copilot.model import Item, Rejected, TaskName


def read(*lines: str | bytes, rename: dict[str, str] | None = None) -> list[Item | Rejected]:
    raw = b"\n".join(line.encode() if isinstance(line, str) else line for line in lines)
    return list(read_items(io.BytesIO(raw), rename=rename or {}))


def only(*lines: str | bytes, rename: dict[str, str] | None = None) -> Item:
    (item,) = read(*lines, rename=rename)
    assert isinstance(item, Item), item
    return item


def test_a_prompt_alone_is_an_item_named_by_its_line() -> None:
    item = only('{"prompt": "2+2?"}')

    assert (item.id, item.prompt, item.task) == ("line-1", "2+2?", None)


def test_unknown_keys_are_kept_as_metadata() -> None:
    item = only('{"prompt": "?", "source": "mine", "metadata": {"page": 3}}')

    assert item.metadata == {"source": "mine", "page": 3}


def test_a_field_can_be_renamed() -> None:
    assert only('{"question": "2+2?"}', rename={"question": "prompt"}).prompt == "2+2?"


def test_turns_are_kept_and_the_last_is_the_prompt() -> None:
    turns = [
        {"role": "user", "content": "hi"},
        {"role": "assistant", "content": "yes?"},
        {"role": "user", "content": "?"},
    ]
    item = only(json.dumps({"messages": turns}))

    assert item.prompt == "?"
    assert len(item.messages) == 3


def test_a_whole_item_is_read() -> None:
    item = only(
        json.dumps(
            {
                "id": 7,
                "prompt": "a\r\nb",
                "task": "cot",
                "domain": " law ",
                "constraints": [{"name": "length.words", "params": {"max": 3}}],
                "reference": {"answer": "4"},
                "sources": [{"id": "s", "text": "t"}],
                "safety": True,
            }
        )
    )

    assert (item.id, item.prompt, item.task, item.domain, item.safety) == ("7", "a\nb", TaskName.COT, "law", True)
    assert item.constraints[0].params == {"max": 3}
    assert item.reference.answer == "4"
    assert item.sources[0].id == "s"


@pytest.mark.parametrize(("group", "wanted"), [('"rivers"', "rivers"), ("7", "7"), ("null", None)])
def test_an_item_may_declare_its_group(group: str, wanted: str | None) -> None:
    assert only(f'{{"prompt": "?", "group_id": {group}}}').declared_group == wanted
    assert only(f'{{"prompt": "?", "metadata": {{"group_id": {group}}}}}').declared_group == wanted


@pytest.mark.parametrize(
    ("line", "says"),
    [
        pytest.param("{", "JSON", id="no JSON"),
        pytest.param("[1]", "object", id="a list"),
        pytest.param(b'{"prompt": "\xff"}', "UTF-8", id="broken UTF-8"),
        pytest.param('{"prompt": "a", "prompt": "b"}', "prompt", id="a key twice"),
        pytest.param('{"prompt": NaN}', "NaN", id="not a number"),
        pytest.param('{"id": "x"}', "neither", id="no prompt"),
        pytest.param('{"prompt": "a", "messages": []}', "both", id="prompt and messages"),
        pytest.param('{"prompt": " "}', "not a text", id="an empty prompt"),
        pytest.param('{"prompt": 3}', "not a text", id="a number as prompt"),
        pytest.param('{"prompt": "a\\u0000"}', "U\\+0000", id="the character zero"),
        pytest.param('{"messages": []}', "not a list of 1", id="no turns"),
        pytest.param('{"messages": [{"role": "boss", "content": "x"}]}', "role", id="an unknown role"),
        pytest.param('{"messages": [{"role": "assistant", "content": "x"}]}', "user's", id="nothing asked"),
        pytest.param('{"prompt": "?", "task": "poem"}', "no task", id="an unknown task"),
        pytest.param('{"prompt": "?", "task": ["cot"]}', "no task", id="a list as task"),
        pytest.param('{"prompt": "?", "id": ""}', "'id'", id="an empty id"),
        pytest.param('{"prompt": "?", "id": [1]}', "'id'", id="a list as id"),
        pytest.param('{"prompt": "?", "domain": "a\\nb"}', "'domain'", id="a line break in the domain"),
        pytest.param('{"prompt": "?", "safety": "yes"}', "'safety'", id="a word as safety"),
        pytest.param('{"prompt": "?", "metadata": []}', "'metadata'", id="a list as metadata"),
        pytest.param('{"prompt": "?", "constraints": {}}', "constraints", id="an object as constraints"),
        pytest.param('{"prompt": "?", "constraints": [{}]}', "name", id="a constraint without a name"),
        pytest.param('{"prompt": "?", "sources": [{"text": "x"}]}', "id", id="a source without an id"),
        pytest.param('{"prompt": "?", "group_id": ["a"]}', "'group_id'", id="a list as group"),
        pytest.param('{"prompt": "?", "metadata": {"group_id": ""}}', "'group_id'", id="an empty group"),
        pytest.param('{"prompt": "?", "reference": 4}', "reference", id="a number as reference"),
    ],
)
def test_a_wrong_line_is_told_and_the_rest_goes_on(line: str | bytes, says: str) -> None:
    before, wrong, after = read('{"prompt": "before"}', line, '{"prompt": "after"}')

    assert isinstance(before, Item)
    assert isinstance(after, Item)
    assert isinstance(wrong, Rejected)
    assert wrong.line == 2
    assert wrong.hint
    with pytest.raises(AssertionError, match=says):
        raise AssertionError(wrong.error)


def test_a_second_use_of_an_id_names_the_first() -> None:
    _, second = read('{"id": "a", "prompt": "?"}', '{"id": "a", "prompt": "!"}')

    assert isinstance(second, Rejected)
    assert "line 1" in second.error


def test_blank_lines_and_a_byte_order_mark_are_no_trouble() -> None:
    entries = read(b'\xef\xbb\xbf{"prompt": "a"}', "", '{"prompt": "b"}')

    assert [entry.id for entry in entries if isinstance(entry, Item)] == ["line-1", "line-3"]


@pytest.mark.parametrize(
    ("start", "says"),
    [(b"\xff\xfe{\x00", "UTF-16"), (b"\x1f\x8b\x08", "packed"), (b"PK\x03\x04", "packed"), (b"PAR1", "packed")],
)
def test_a_file_in_another_form_is_refused_as_a_whole(tmp_path: Path, start: bytes, says: str) -> None:
    path = tmp_path / "items.jsonl"
    path.write_bytes(start + b"rest")

    with pytest.raises(CopilotError, match=says):
        list(read_item_file(path))


def test_what_a_prompt_states_stands_behind_what_is_given_and_never_instead_of_it(tmp_path: Path) -> None:
    path = tmp_path / "items.jsonl"
    path.write_text(
        '{"prompt": "Use at most 30 words. Avoid the word hot.", "constraints": [{"name": "length.words"}]}\n'
        '{"prompt": "What is tea?"}\nnot a record\n',
        encoding="utf-8",
    )
    first, second, third = read_item_file(path, read_prompts=True)

    assert isinstance(first, Item)
    assert isinstance(second, Item)
    assert isinstance(third, Rejected)
    assert [(one.name, one.params, one.origin) for one in first.constraints] == [
        ("length.words", {}, "given"),
        ("keywords.exclude", {"words": ["hot"]}, "reader"),
    ]
    assert second.constraints == ()
    assert [len(item.constraints) for item in read_item_file(path) if isinstance(item, Item)] == [1, 0]
