"""The item page: look, edit, save, decide, next; and no typed word is lost."""

from __future__ import annotations

from functools import partial
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from checkers import Constraint, Finding, Reference, check
from copilot import review
from copilot.model import Content, Decision, Role, TaskName
from copilot.store.connect import reading
from copilot.store.exports import decided
from copilot.store.sessions import seen
from copilot.store.tables import finding
from tests.copilot.web.browser import Browser
from tests.copilot.web.room import Room, furnished, taken
from tests.copilot.web.seed import POEM, TRUE_SUM, WRONG_SUM, Form, Row, cot, item_of

TYPED = "Words that took a long while to type & <b>must</b> not be lost."


def form_of(browser: Browser, path: str) -> dict[str, str]:
    return Form(browser.get(path).text, path).fields


def test_a_step_is_mended_saved_accepted_and_the_next_comes(room: Room) -> None:
    room.add(WRONG_SUM, TRUE_SUM)
    ann = room.signed_in()
    path = taken(ann)

    page = ann.get(path).text
    assert "Step 2 fails." in page
    assert "12 * 4 is 48, not 46." in page
    assert '<mark class="place place--fails">12 * 4 = 46</mark>' in page
    assert "135M demo model" in page

    fields = form_of(ann, path)
    fields["step.1.text"] = "That makes 12 * 4 = 48 pens in all."
    fields["step.2.text"] = "She gives away 7, so 48 - 7 = 41 pens are left."
    fields["answer"] = "41"
    saved = ann.post(path, data={**fields, "do": "save"})
    assert (saved.status_code, saved.headers["location"]) == (303, f"{path}?said=saved")

    page = ann.get(saved.headers["location"]).text
    assert "Saved and checked again." in page
    assert "is 48, not 46" not in page
    assert "Nothing fails" in page
    assert "edited by you" in page
    assert "That makes 12 * 4 = 46 pens in all." in page  # as drafted, beside it

    done = ann.post(path, data={**form_of(ann, path), "do": "accept"})
    assert done.status_code == 303
    assert done.headers["location"].endswith("?said=edit")
    page = ann.get(done.headers["location"]).text
    assert "Accepted with your edits." in page
    assert "A train runs 60 km" in page

    path = done.headers["location"].partition("?")[0]
    last = ann.post(path, data={**form_of(ann, path), "do": "accept"})
    assert last.headers["location"] == "/?said=accept-last"
    assert "Nothing more waits in that queue." in ann.get("/?said=accept-last").text
    with reading(room.engine) as db:
        rows = list(decided(db, project_id=room.project_id, task=TaskName.COT))
    assert [row.decision for row in rows] == [Decision.EDIT, Decision.ACCEPT]
    assert [step.text for step in rows[0].content.steps][1:] == [fields["step.1.text"], fields["step.2.text"]]
    assert rows[1].content == TRUE_SUM.content


STRANGE = [
    "  spaces at both ends  ",
    "\n\nlines before and after\n\n",
    "tabs\tand\u00a0hard spaces",
    "a\u200bzero width and \u202eturned\u202c",
    "</textarea><script>alert(1)</script>",
    "👍 é \U0001d4d0 日本語 עברית",
    "&amp; &lt; %41 + = ;",
]


def test_a_carried_error_leads_to_the_step_where_it_began(room: Room) -> None:
    room.add(WRONG_SUM)
    page = room.signed_in()

    text = page.get(taken(page)).text

    assert "It follows from the error in step 2: mend both, that one first." in text
    assert '<mark class="place place--carried">46 - 7 = 39</mark>' in text


@pytest.mark.parametrize("text", STRANGE)
def test_what_was_not_touched_is_accepted_as_drafted(room: Room, text: str) -> None:
    room.add(
        Row(item_of("a", "?"), cot(text, "and a second step", answer=text.replace("\n", " ")), findings=()),
        Row(item_of("b", "?"), Content(response=text), findings=()),
    )
    ann = room.signed_in()
    for said in ("accept", "accept-last"):
        path = taken(ann)
        done = ann.post(path, data={**form_of(ann, path), "do": "accept"})
        assert done.headers["location"].endswith(f"?said={said}")


def test_a_step_is_taken_out_and_another_put_in(room: Room) -> None:
    room.add(WRONG_SUM)
    ann = room.signed_in()
    path = taken(ann)

    fields = {**form_of(ann, path), "step.0.text": "  ", "step.1.below": "A step of my own.", "do": "save"}
    assert ann.post(path, data=fields).status_code == 303

    page = ann.get(path).text
    after = Form(page, path).fields
    assert [after[f"step.{number}.text"] for number in range(3)] == [
        WRONG_SUM.content.steps[1].text,
        "A step of my own.",
        WRONG_SUM.content.steps[2].text,
    ]
    assert "step.3.text" not in after
    assert [after[f"step.{number}.id"] for number in (0, 2)] == [step.id for step in WRONG_SUM.content.steps[1:]]
    assert "added by you" in page
    assert "Steps you took out" in page


def test_a_rejection_needs_a_reason(room: Room) -> None:
    room.add(WRONG_SUM, TRUE_SUM)
    ann = room.signed_in()
    path = taken(ann)

    asked = ann.post(path, data={**form_of(ann, path), "step.0.text": TYPED, "reason": "  ", "do": "reject"})
    assert asked.status_code == 422
    assert "A rejection needs a reason" in asked.text
    assert Form(asked.text, path).fields["step.0.text"] == TYPED

    done = ann.post(path, data={**Form(asked.text, path).fields, "reason": "the prompt is unclear", "do": "reject"})
    assert done.headers["location"].endswith("?said=reject")


def test_the_same_decision_sent_twice_is_one(room: Room) -> None:
    room.add(WRONG_SUM)
    ann = room.signed_in()
    path = taken(ann)
    fields = {**form_of(ann, path), "do": "accept"}

    first, second = ann.post(path, data=fields), ann.post(path, data=fields)

    assert first.status_code == second.status_code == 303
    with reading(room.engine) as db:
        assert len(list(decided(db, project_id=room.project_id, task=TaskName.COT))) == 1


def test_two_windows_show_both_texts_and_mine_can_be_kept(room: Room) -> None:
    room.add(WRONG_SUM)
    ann = room.signed_in()
    path = taken(ann)
    here = there = form_of(ann, path)
    assert ann.post(path, data={**there, "step.0.text": "Typed in the other window.", "do": "save"}).status_code == 303

    for button in ("save", "accept"):
        conflict = ann.post(path, data={**here, "step.0.text": TYPED, "do": button})
        assert conflict.status_code == 409
        assert "Both texts are kept" in conflict.text
        assert "Typed in the other window." in conflict.text
    kept = Form(conflict.text, path).fields
    assert kept["step.0.text"] == TYPED

    assert ann.post(path, data={**kept, "do": "save"}).status_code == 303
    assert form_of(ann, path)["step.0.text"] == TYPED
    assert form_of(ann, path)["step.0.id"] == WRONG_SUM.content.steps[0].id


def test_signed_out_while_typing_the_words_come_back_and_can_be_sent(room: Room) -> None:
    room.add(WRONG_SUM)
    ann = room.signed_in()
    path = taken(ann)
    fields = {**form_of(ann, path), "step.0.text": TYPED, "step.0.below": "And below.", "do": "accept"}
    cookies = ann.cookies
    ann.cookies = room.client().cookies

    out = ann.post(path, data=fields)
    assert out.status_code == 401
    assert "Your words stand below" in out.text
    assert 'href="/login"' in out.text
    kept = Form(out.text, path).fields
    assert kept["step.0.text"] == TYPED

    ann.cookies = cookies  # signed in again in another window: the form is of no session yet
    again = ann.post(path, data={**kept, "do": "save"})
    assert again.status_code == 403
    kept = Form(again.text, path).fields
    assert ann.post(path, data={**kept, "do": "save"}).status_code == 303
    after = form_of(ann, path)
    assert (after["step.0.text"], after["step.1.text"]) == (TYPED, "And below.")
    assert after["step.0.id"] == WRONG_SUM.content.steps[0].id


def test_words_typed_past_the_lease_are_shown_and_kept(room: Room) -> None:
    room.add(WRONG_SUM)
    ann, bob = room.signed_in(), room.signed_in("Bob")
    path = taken(ann)
    fields = {**form_of(ann, path), "step.0.text": TYPED, "do": "save"}
    room.clock.forward(minutes=31)
    assert taken(bob) == path

    late = ann.post(path, data=fields)

    assert late.status_code == 409
    assert "Your text is kept" in late.text
    assert Form(late.text, path).fields["step.0.text"] == TYPED
    assert TYPED not in bob.get(path).text
    assert form_of(bob, path)["step.0.text"] == WRONG_SUM.content.steps[0].text


def test_a_page_from_before_the_item_was_taken_anew_loses_no_words(room: Room) -> None:
    room.add(WRONG_SUM)
    ann = room.signed_in()
    path = taken(ann)
    old = {**form_of(ann, path), "step.0.text": TYPED}
    room.clock.forward(minutes=31)
    assert taken(ann) == path

    late = ann.post(path, data={**old, "do": "accept"})

    assert late.status_code == 409
    assert "This page is of an earlier hold on this item" in late.text
    assert Form(late.text, path).fields["step.0.text"] == TYPED
    now = form_of(ann, path)
    assert now["step.0.text"] == TYPED
    assert now["fence"] != old["fence"]
    assert ann.post(path, data={**now, "do": "accept"}).headers["location"] == "/?said=edit-last"


def test_an_item_is_given_back_with_its_words_kept(room: Room) -> None:
    room.add(WRONG_SUM)
    ann, bob = room.signed_in(), room.signed_in("Bob")
    path = taken(ann)
    page = ann.get(path).text
    assert '<button class="btn" type="submit" name="do" value="release">Give back</button>' in page

    back = ann.post(path, data={**Form(page, path).fields, "step.0.text": TYPED, "do": "release"})

    assert (back.status_code, back.headers["location"]) == (303, "/?said=back")
    assert "Given back" in ann.get(back.headers["location"]).text
    assert ann.get(path).status_code == 404
    assert taken(bob) == path
    assert TYPED not in bob.get(path).text
    bob.post(path, data={**form_of(bob, path), "do": "release"})
    assert taken(ann) == path
    assert form_of(ann, path)["step.0.text"] == TYPED


def test_the_desk_checks_with_the_rules_of_the_project(room: Room) -> None:
    ours = furnished(room.engine, check=partial(check, ignore=["length"]))
    room.add(POEM)
    ann = room.signed_in()
    path = taken(ann)
    short = "The tide " + "comes back again " * 8
    assert ann.post(path, data={**form_of(ann, path), "response": short, "do": "save"}).status_code == 303
    assert "length.words" in {one.rule for one in findings_of(room, ann, path)}

    same = ours.client()
    same.cookies = ann.cookies
    assert same.post(path, data={**form_of(same, path), "response": f"{short}.", "do": "save"}).status_code == 303
    assert "length.words" not in {one.rule for one in findings_of(room, ann, path)}
    assert "keywords.include" in {one.rule for one in findings_of(room, ann, path)}

    same.post(path, data={**form_of(same, path), "do": "accept"})
    with reading(room.engine) as db:
        stored = set(db.scalars(select(finding.c.rule).where(finding.c.response_id.is_not(None))))
    assert "keywords.include" in stored
    assert not [rule for rule in stored if rule.startswith("length")]


def findings_of(room: Room, browser: Browser, path: str) -> tuple[Finding, ...]:
    """What is stored about the text that the browser's person saved last."""
    session = browser.cookies["copilot_8765"]
    viewer = seen(room.engine, secret=session, now=room.clock())
    assert viewer
    entry_id = UUID(path.removeprefix("/items/"))
    return review.open_work(room.engine, viewer, entry_id=entry_id, now=room.clock()).findings


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"token": "stale"}, 403),
        ({"fence": ""}, 422),
        ({"version": "x"}, 422),
        ({"version": ""}, 422),
        ({"answer": "y" * 200_001}, 422),
    ],
)
def test_whatever_is_refused_the_typed_words_stand_in_the_reply(
    room: Room, change: dict[str, str], status: int
) -> None:
    room.add(WRONG_SUM)
    ann = room.signed_in()
    path = taken(ann)

    reply = ann.post(path, data={**form_of(ann, path), "step.0.text": TYPED, "do": "save", **change})

    assert reply.status_code == status
    assert Form(reply.text, path).fields["step.0.text"] == TYPED


def test_a_fault_of_ours_gives_the_words_back_too(room: Room) -> None:
    room.add(WRONG_SUM)
    ann = room.signed_in()
    path = taken(ann)
    fields = {**form_of(ann, path), "step.0.text": TYPED, "do": "save"}
    with room.engine.begin() as db:
        db.exec_driver_sql("DROP TABLE autosave")

    reply = ann.post(path, data=fields)

    assert reply.status_code == 500
    assert "autosave" not in reply.text
    assert Form(reply.text, path).fields["step.0.text"] == TYPED


def test_not_yours_and_not_there_are_the_same_bytes(room: Room) -> None:
    room.add(WRONG_SUM, POEM)
    ann, bob = room.signed_in(), room.signed_in("Bob", role=Role.ANNOTATOR, skills=())
    theirs = taken(ann)
    absent = f"/items/{uuid4()}"
    fields = {"token": Form(bob.get("/").text, "/logout").fields["token"], "version": "0", "fence": "1", "do": "save"}

    def bare(path: str, reply_text: str, policy: str) -> str:
        nonce = policy.partition("'nonce-")[2].partition("'")[0]
        return reply_text.replace(nonce, "NONCE").replace(path, "PATH")

    seen = set()
    for path in (theirs, absent, "/items/no-uuid"):
        reply = bob.get(path)
        seen.add((reply.status_code, bare(path, reply.text, reply.headers["content-security-policy"])))
    assert len(seen) == 1
    assert next(iter(seen))[0] == 404
    answers = set()
    for path in (theirs, absent):
        reply = bob.post(path, data={**fields, "step.0.text": "x"})
        answers.add((reply.status_code, bare(path, reply.text, reply.headers["content-security-policy"])))
    assert len(answers) == 1
    assert next(iter(answers))[0] == 404


def test_a_rater_sees_the_same_whatever_another_does(room: Room) -> None:
    room.add(WRONG_SUM, TRUE_SUM)
    ann, bob = room.signed_in(), room.signed_in("Bob")
    mine, theirs = taken(bob), taken(ann)

    def page() -> str:
        reply = bob.get(mine)
        return reply.text.replace(reply.headers["content-security-policy"].partition("'nonce-")[2][:22], "")

    before = page()
    ann.post(theirs, data={**form_of(ann, theirs), "step.0.text": TYPED, "do": "save"})
    assert page() == before
    ann.post(theirs, data={**form_of(ann, theirs), "do": "accept"})
    assert page() == before


ANONYMOUS = [
    ("GET", "/", 303),
    ("GET", "/login", 200),
    ("GET", "/setup", 200),
    ("GET", "/healthz", 200),
    ("GET", "/items/{entry}", 303),
    ("POST", "/items/{entry}", 401),
    ("POST", "/claim", 401),
    ("POST", "/logout", 401),
    ("POST", "/login", 401),
    ("POST", "/setup", 410),
]


def test_who_is_not_signed_in_sees_no_item(room: Room) -> None:
    room.add(WRONG_SUM)
    path = taken(room.signed_in())
    nobody = room.client()

    answers = []
    for method, route, _ in ANONYMOUS:
        asked = path if route == "/items/{entry}" else route
        reply = nobody.request(method, asked, data={"step.0.text": "mine"} if method == "POST" else None)
        answers.append((method, route, reply.status_code))
        assert "A shop sells pens" not in reply.text
        assert "set-cookie" not in reply.headers

    assert answers == ANONYMOUS


@pytest.mark.parametrize(
    ("role", "skills", "listed"),
    [
        (Role.ANNOTATOR, (), {"review"}),
        (Role.EXPERT, ("law",), {"review", "expert:law"}),
        (Role.REVIEWER, (), {"review", "expert:law", "expert:physics", "safety"}),
        (Role.ADMIN, ("*",), {"review", "expert:law", "expert:physics", "safety"}),
    ],
)
def test_a_queue_that_is_not_yours_is_neither_listed_nor_opened(
    room: Room, role: Role, skills: tuple[str, ...], listed: set[str]
) -> None:
    queues = ["review", "expert:law", "expert:physics", "safety"]
    room.add(*(Row(item_of(name, name), cot("one step"), queue=name) for name in queues))
    browser = room.signed_in(role=role, skills=skills)
    page = browser.get("/").text
    token = Form(page, "/logout").fields["token"]

    assert {name for name in queues if f'value="{name}"' in page} == listed
    for name in queues:
        reply = browser.post("/claim", data={"token": token, "queue": name})
        assert reply.headers["location"].startswith("/items/" if name in listed else "/?said=clear")
    assert browser.post("/claim", data={"token": token, "queue": "no such queue"}).headers["location"] == "/?said=clear"


def test_the_next_item_comes_from_a_queue_one_may_see(room: Room) -> None:
    room.add(WRONG_SUM, Row(item_of("secret", "A secret item"), cot("one step"), queue="safety"))
    browser = room.signed_in(role=Role.ANNOTATOR, skills=())
    path = taken(browser)

    done = browser.post(path, data={**form_of(browser, path), "queue": "safety", "do": "accept"})

    assert done.headers["location"] == "/?said=accept-last"


def test_the_words_at_the_top_of_a_page_are_ours(room: Room) -> None:
    ann = room.signed_in()

    assert "Press accept" not in ann.get("/?said=Press accept now").text
    assert "Saved and checked again." in ann.get("/?said=saved").text


def test_a_response_stands_beside_what_was_asked_of_it(room: Room) -> None:
    room.add(POEM)
    ann = room.signed_in()
    path = taken(ann)

    page = ann.get(path).text
    assert "2 checks fail." in page
    assert page.count('class="check check--fails"') == 2
    assert '<mark class="place place--fails">Use at most 12 words</mark>' in page
    assert "measured <bdi>19</bdi> · wanted <bdi>max 12</bdi>" in page
    assert "A short guide to the sea" in page
    assert "{&#39;" not in page

    fields = {**form_of(ann, path), "response": "The tide comes.\nThe tide goes.", "do": "save"}
    ann.post(path, data=fields)
    page = ann.get(path).text
    assert page.count('class="check check--holds"') == 2
    assert "Nothing fails" in page


def test_what_no_rule_can_tell_is_grey_and_says_why(room: Room) -> None:
    constraint = Constraint("style.polite", {})
    room.add(
        Row(item_of("a", "Be polite.", constraints=(constraint,)), Content(response="Good day."), model="openai/gpt")
    )
    ann = room.signed_in()

    page = ann.get(taken(ann)).text

    assert 'class="check check--unknown"' in page
    assert "Not a pass and not a fail, you judge. Reason: no rule" in page
    assert "check--fails" not in page
    assert "135M demo model" not in page


def test_a_constraint_that_nobody_looked_at_is_not_green(room: Room) -> None:
    item = item_of("a", "Be polite.", constraints=(Constraint("style.polite", {}),))
    room.add(Row(item, Content(response="Good day."), findings=()))
    ann = room.signed_in()

    page = ann.get(taken(ann)).text

    assert "No rule looked at this." in page
    assert "check--unknown" in page
    assert "check--holds" not in page


def test_a_solution_and_what_the_lead_noted_are_not_sent(room: Room) -> None:
    item = item_of("a", "What is 2 + 2?", reference=Reference(None, "secret solution"), metadata={"k": "secret"})
    room.add(Row(item, cot("It is 4.")))
    ann = room.signed_in()

    assert "secret" not in ann.get(taken(ann)).text
