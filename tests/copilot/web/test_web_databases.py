"""The desk on each of the two databases: one day of two raters, and many at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from copilot.model import Decision, TaskName
from copilot.store.connect import Engine, reading
from copilot.store.exports import decided
from tests.copilot.web.room import furnished, taken
from tests.copilot.web.seed import PASSWORD, POEM, TRUE_SUM, WRONG_SUM, Form, Row, cot, item_of


def test_a_day_at_the_desk(engine: Engine) -> None:
    room = furnished(engine)
    room.add(WRONG_SUM, TRUE_SUM, POEM)
    ann, bob = room.signed_in(), room.signed_in("Bob")
    assert room.client().post("/login", data={"name": "Ann", "password": PASSWORD}).status_code == 303
    mine, theirs = taken(ann), taken(bob)
    assert mine != theirs
    fields = Form(ann.get(mine).text, mine).fields

    saved = ann.post(mine, data={**fields, "step.1.text": "That makes 12 * 4 = 48 pens, \u202eשלום 👍.", "do": "save"})
    assert saved.status_code == 303
    assert "is 48, not 46" not in ann.get(mine).text
    assert ann.post(mine, data={**fields, "step.1.text": "From an old window.", "do": "save"}).status_code == 409
    assert bob.get(mine).status_code == 404
    done = ann.post(mine, data={**Form(ann.get(mine).text, mine).fields, "do": "accept"})
    assert done.headers["location"].endswith("?said=edit")
    rejected = {**Form(bob.get(theirs).text, theirs).fields, "reason": "no", "do": "reject"}
    assert bob.post(theirs, data=rejected).headers["location"] == "/?said=reject-last"

    with reading(engine) as db:
        rows = list(decided(db, project_id=room.project_id, task=TaskName.COT))
    assert [row.decision for row in rows] == [Decision.EDIT]
    assert rows[0].content.steps[1].text == "That makes 12 * 4 = 48 pens, \u202eשלום 👍."


def test_a_character_that_postgresql_has_not_is_kept_and_shown(engine: Engine) -> None:
    room = furnished(engine)
    room.add(WRONG_SUM)
    ann = room.signed_in()
    path = taken(ann)

    reply = ann.post(path, data={**Form(ann.get(path).text, path).fields, "step.0.text": "a\x00b", "do": "save"})

    assert reply.status_code == 303
    ghost = '<span class="ghost" title="U+0000 control character">U+0000</span>'
    assert f'a<mark class="place place--suspicious">{ghost}</mark>b' in ann.get(path).text


def test_no_item_is_given_to_two_who_ask_at_once(engine: Engine) -> None:
    room = furnished(engine)
    room.add(*(Row(item_of(f"{number}", "?"), cot("one step"), findings=()) for number in range(12)))
    browsers = [room.signed_in(name) for name in ("Ann", "Bob", "Cem", "Dee")]

    with ThreadPoolExecutor(4) as pool:
        for _ in range(3):
            paths = list(pool.map(taken, browsers))
            assert len(set(paths)) == 4
            for browser, path in zip(browsers, paths, strict=True):
                fields = Form(browser.get(path).text, path).fields
                assert browser.post(path, data={**fields, "queue": "", "do": "accept"}).status_code == 303

    with reading(engine) as db:
        assert len({row.item.id for row in decided(db, project_id=room.project_id, task=TaskName.COT)}) == 12
