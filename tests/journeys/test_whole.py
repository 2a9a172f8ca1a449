"""The whole main job: items, drafts by the embedded model, a correction in the browser, an export that loads."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import datasets
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import chromium  # noqa: F401 - a fixture
from tests.browser.watch import Watch
from tests.copilot.web.seed import PASSWORD
from tests.copilot.web.server import serving
from tests.journeys.commands import copilot

ITEMS: list[dict[str, Any]] = [
    {"id": "rolls", "prompt": "A bag holds 6 rolls. How many rolls are in 14 bags?", "reference": {"answer": "84"}},
    {"id": "fog", "prompt": "Explain fog in one short sentence.", "constraints": [{"name": "length.words"}]},
]
ROUTES = '[[route]]\nwhen = "always"\nqueue = "review"\n'


@pytest.mark.model
def test_from_a_prompt_file_to_reviewed_training_data(chromium: Browser, tmp_path: Path) -> None:  # noqa: F811
    (tmp_path / "copilot.toml").write_text(ROUTES)
    (tmp_path / "items.jsonl").write_text("".join(json.dumps(item) + "\n" for item in ITEMS))
    drafted = copilot("prelabel", "items.jsonl", "--max-tokens", "300", folder=tmp_path)
    assert drafted.returncode in (0, 1), drafted.stderr
    assert re.search(r"^[12] drafted", drafted.stdout, re.MULTILINE), drafted.stdout

    with serving(tmp_path / ".copilot") as (_, address, link):
        assert link
        page = chromium.new_context(base_url=address).new_page()
        watch = Watch(page, address)
        first_account(page, link)
        correct_everything(page)
        page.context.close()
        watch.done()

    rows = [row for task in ("cot", "sft") for row in exported(task, tmp_path)]
    assert rows
    asked = {item["id"]: item["prompt"] for item in ITEMS}
    for row in rows:
        assert row["messages"][0]["content"] == asked[row["id"]]
        assert "corrected by hand" in row["messages"][-1]["content"]
        assert (row["origin"], row["cause"]["decision"]) == ("human", "edit")
        assert row["cause"]["model"] == "smollm2-135m-instruct"


def first_account(page: Page, link: str) -> None:
    page.goto(link)
    page.get_by_label("Your name").fill("Ann")
    page.get_by_label("A password").fill(PASSWORD)
    page.get_by_role("button", name="Open the desk").click()
    expect(page.get_by_role("heading", name="Your queues")).to_be_visible()


def correct_everything(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Take the next")).first.click()
    while re.search("/items/", page.url):
        # A trace's first step, or the one text of a response; where nothing fails it is still folded.
        text = page.get_by_role("textbox", name=re.compile("^(Text of step 1|Response)$"))
        if not text.is_visible():
            page.locator("details.edit > summary").first.click()
        text.fill("This was corrected by hand.")
        page.get_by_role("button", name="Save and check").click()
        expect(page.get_by_text("Saved and checked again.")).to_be_visible()
        page.get_by_role("button", name=re.compile("^Accept")).click()
        decided = page.get_by_text("Accepted with your edits.").or_(page.get_by_text("Nothing more waits"))
        expect(decided.first).to_be_visible()


def exported(task: str, folder: Path) -> list[dict[str, Any]]:
    out = folder / f"{task}.jsonl"
    said = copilot("export", "--format", task, "--output", out, folder=folder)
    assert said.returncode == 0, said.stderr
    if not out.stat().st_size:
        return []
    loaded = datasets.load_dataset("json", data_files=str(out), split="train", cache_dir=str(folder / "cache"))
    return list(loaded.to_list())
