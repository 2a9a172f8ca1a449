"""One person's first day at the desk, in a real browser before the real server."""

from __future__ import annotations

import re
import socket
from pathlib import Path

from playwright.sync_api import Browser, Page, expect

from copilot.model import Decision, TaskName
from copilot.store.connect import open_store, reading
from copilot.store.exports import decided
from copilot.store.projects import find_project
from copilot.web.desk import utc_now
from tests.browser.chromium import FLAGS, find_chromium
from tests.browser.conftest import serving as serving_here
from tests.browser.watch import Watch
from tests.copilot.web.room import Room, furnished
from tests.copilot.web.seed import PASSWORD, POEM, TRUE_SUM, WRONG_SUM, add_rows, person, project
from tests.copilot.web.server import serving


def sign_in(page: Page, name: str = "Ann") -> None:
    page.goto("/login")
    page.get_by_label("Name").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Your queues")).to_be_visible()


def take(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^(Take the next|Go on)")).first.click()
    expect(page).to_have_url(re.compile("/items/"))


def test_from_the_set_up_link_to_the_next_item(chromium: Browser, tmp_path: Path) -> None:
    home = tmp_path / "home"
    engine = open_store(home=home, url=None)
    add_rows(engine, project(engine), [WRONG_SUM, TRUE_SUM])
    engine.dispose()
    with serving(home) as (_, address, link):
        assert link
        page = chromium.new_context(base_url=address).new_page()
        watch = Watch(page, address)

        page.goto(link)
        assert "#" not in page.url
        page.get_by_label("Your name").fill("Ann")
        page.get_by_label("A password").fill(PASSWORD)
        page.get_by_role("button", name="Open the desk").click()
        expect(page.get_by_role("heading", name="Your queues")).to_be_visible()
        page.get_by_role("button", name="Sign out").click()
        sign_in(page)
        take(page)

        expect(page).to_have_title("Step 2 fails. · Copilot")
        wrong = page.get_by_role("region", name="Finding: fails")
        expect(wrong).to_contain_text("12 * 4 is 48, not 46.")
        expect(page.locator("#s2")).to_be_focused()
        page.get_by_label("Text of step 2").fill("That makes 12 * 4 = 48 pens in all.")
        expect(page.locator("[data-state]")).to_have_text("Not saved yet")
        page.get_by_role("button", name="Save and check").click()
        expect(page.get_by_text("Saved and checked again.")).to_be_visible()
        expect(page.locator("[data-state]")).to_have_text("Saved")
        expect(wrong).to_have_count(0)
        expect(page.get_by_text("edited by you")).to_be_visible()

        page.get_by_role("button", name="Accept, next").click()
        expect(page.get_by_text("Accepted with your edits.")).to_be_visible()
        expect(page.get_by_text("A train runs 60 km in an hour.")).to_be_visible()
        page.get_by_role("button", name="Accept, next").click()
        expect(page.get_by_text("Nothing more waits in that queue.")).to_be_visible()
        expect(page.get_by_role("heading", name="Nothing waits for you")).to_be_visible()
        page.context.close()
        watch.done()
    engine = open_store(home=home, url=None)
    with reading(engine) as db:
        rows = list(decided(db, project_id=find_project(db, "default"), task=TaskName.COT))
    engine.dispose()
    assert [row.decision for row in rows] == [Decision.EDIT, Decision.ACCEPT]


def test_rejecting_asks_for_a_reason(served: Room, page: Page) -> None:
    served.add(WRONG_SUM, TRUE_SUM)
    person(served.engine, served.project_id, "Ann")
    sign_in(page)
    take(page)

    page.get_by_role("button", name="Reject", exact=True).click()
    expect(page.get_by_label("Why?")).to_be_focused()
    page.get_by_role("button", name="Reject, next").click()
    expect(page.get_by_role("alert")).to_contain_text("A rejection needs a reason")
    page.get_by_label("Why?").fill("The prompt cannot be answered.")
    page.get_by_role("button", name="Reject, next").click()

    expect(page.get_by_text("Rejected. Here is the next one.")).to_be_visible()


def test_two_windows_of_one_person(served: Room, page: Page) -> None:
    served.add(WRONG_SUM)
    person(served.engine, served.project_id, "Ann")
    sign_in(page)
    take(page)
    other = page.context.new_page()
    watch = Watch(other, served.base_url)
    other.goto(page.url)
    other.get_by_label("Text of step 2").fill("Theirs.")
    other.get_by_role("button", name="Save and check").click()
    expect(other.get_by_text("Saved and checked again.")).to_be_visible()

    page.get_by_label("Text of step 2").fill("Mine.")
    page.get_by_role("button", name="Save and check").click()

    expect(page.get_by_role("heading", name="Both texts are kept")).to_be_visible()
    expect(page.get_by_label("Step 2, yours")).to_have_value("Mine.")
    expect(page.get_by_text("Theirs.")).to_be_visible()
    page.get_by_role("button", name="Keep mine").click()
    expect(page.get_by_label("Text of step 2")).to_have_value("Mine.")
    watch.done()


def test_signed_out_in_the_middle_of_a_sentence(served: Room, page: Page) -> None:
    served.add(WRONG_SUM)
    person(served.engine, served.project_id, "Ann")
    sign_in(page)
    take(page)
    page.get_by_label("Text of step 2").fill("A long thought.")
    page.context.clear_cookies()

    page.get_by_role("button", name="Save and check").click()

    expect(page.get_by_role("heading", name="You are signed out")).to_be_visible()
    expect(page.get_by_label("Step 2")).to_have_value("A long thought.")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in in a new window").click()
    sign_in(opened.value)
    page.get_by_role("button", name="Send again").click()
    page.get_by_role("button", name="Send again").click()
    expect(page.get_by_label("Text of step 2")).to_have_value("A long thought.")


def test_leaving_with_unsaved_words_is_asked_about(served: Room, page: Page) -> None:
    served.add(POEM)
    person(served.engine, served.project_id, "Ann")
    sign_in(page)
    take(page)
    asked: list[str] = []
    page.on("dialog", lambda dialog: asked.append(dialog.type))

    page.get_by_role("link", name="Back to the queues").click()
    expect(page.get_by_role("heading", name="Your queues")).to_be_visible()
    assert asked == []

    take(page)
    edit(page)
    page.get_by_role("textbox", name="Response").press_sequentially("more")
    page.get_by_role("link", name="Back to the queues").click()
    expect(page.get_by_role("heading", name="Your queues")).to_be_visible()
    assert asked == ["beforeunload"]


def edit(page: Page) -> None:
    """Open the field of the response, if the page did not open it."""
    if not page.locator("#response").is_visible():
        page.locator("summary", has_text="Edit").first.click()


def test_what_is_too_long_to_send_stays_in_the_page(served: Room, page: Page) -> None:
    served.add(WRONG_SUM)
    person(served.engine, served.project_id, "Ann")
    sign_in(page)
    take(page)
    field = page.get_by_label("Text of step 2")
    field.fill("語" * 150_000)

    page.get_by_role("button", name="Save and check").click()
    assert page.evaluate("() => document.activeElement.validationMessage").startswith("Too long to send at once.")
    assert len(field.input_value()) == 150_000

    field.fill("Short again.")
    page.get_by_role("button", name="Save and check").click()
    expect(page.get_by_text("Saved and checked again.")).to_be_visible()


def test_the_desk_works_over_plain_http_in_a_network(chromium: Browser, tmp_path: Path) -> None:
    """There browsers send no Sec-Fetch-Site, and Origin only if the referrer policy lets them."""
    flags = [*FLAGS, "--host-resolver-rules=MAP desk.test 127.0.0.1"]
    browser = chromium.browser_type.launch(executable_path=find_chromium(), args=flags)
    engine = open_store(home=tmp_path / "home", url=None)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        base_url = f"http://desk.test:{listener.getsockname()[1]}"
        room = furnished(engine, base_url=base_url, clock=utc_now)
        room.add(WRONG_SUM)
        person(engine, room.project_id, "Ann")
        with serving_here(room, listener):
            page = browser.new_context(base_url=base_url).new_page()
            sent: list[dict[str, str]] = []
            page.on("request", lambda request: sent.append(request.all_headers()) if request.method == "POST" else None)
            sign_in(page)
            take(page)
            page.get_by_role("button", name="Save and check").click()
            expect(page.get_by_text("Saved and checked again.")).to_be_visible()
    browser.close()
    engine.dispose()
    assert len(sent) == 3
    assert all("sec-fetch-site" not in headers and headers["origin"] == base_url for headers in sent)


def test_the_theme_is_kept_from_page_to_page(served: Room, page: Page) -> None:
    page.emulate_media(color_scheme="light")
    page.goto("/login")
    page.get_by_role("button", name="Switch light or dark").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"

    page.goto("/setup")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(14, 18, 24)"


def test_an_item_is_decided_by_keyboard_alone_and_without_script(served: Room, chromium: Browser) -> None:
    served.add(WRONG_SUM, TRUE_SUM)
    person(served.engine, served.project_id, "Ann")
    context = chromium.new_context(base_url=served.base_url, java_script_enabled=False)
    page = context.new_page()
    page.goto("/login")
    page.keyboard.type("Ann")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your queues")).to_be_visible()
    tab_to(page, "Take the next")
    page.keyboard.press("Enter")
    expect(page.locator("#s2")).to_be_focused()
    tab_to(page, "Accept as it stands, next")
    page.keyboard.press("Enter")

    expect(page.get_by_text("Accepted. Here is the next one.")).to_be_visible()
    context.close()


def tab_to(page: Page, name: str) -> None:
    button = page.get_by_role("button", name=re.compile(name))
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.locator(":focus").count() and button.and_(page.locator(":focus")).count():
            return
    raise AssertionError(f"no way by Tab to {name!r}")
