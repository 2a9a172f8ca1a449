from __future__ import annotations

import re
import time
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from argon2 import PasswordHasher
from sqlalchemy import Connection, Engine, select, text, update

from copilot.errors import Conflict, CopilotError, NotFound, Refused
from copilot.model import Role
from copilot.store.connect import writing
from copilot.store.passwords import hashed, known_by, renew
from copilot.store.people import (
    add_member,
    add_person,
    admit_operators,
    anybody,
    disable,
    known,
    list_people,
    viewer_of,
)
from copilot.store.sessions import (
    close_session,
    new_setup_secret,
    open_session,
    seen,
    session_viewer,
    use_setup_secret,
)
from copilot.store.tables import person
from tests.conftest import Clock
from tests.copilot.store.making import a_place, a_viewer

PASSWORD = "four random words here"


@pytest.fixture
def project_id(db: Connection, now: datetime) -> UUID:
    return a_place(db, now).project_id


def add(db: Connection, project_id: UUID, now: datetime, name: str = "Ann", password: str = PASSWORD) -> UUID:
    return add_person(
        db, name=name, password=password, project_id=project_id, role=Role.EXPERT, skills={"math", "law"}, now=now
    )


def test_a_person_signs_in_and_is_seen_with_role_and_skills(db: Connection, project_id: UUID, now: datetime) -> None:
    assert not anybody(db)
    ann = add(db, project_id, now)

    assert anybody(db)
    assert known_by(db, " ANN ").opened_by(PASSWORD) == ann
    viewer = viewer_of(db, user_id=ann, project_id=project_id)
    assert (viewer.name, viewer.role, viewer.skills) == ("Ann", Role.EXPERT, frozenset({"math", "law"}))


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("Ann", "wrong password"),
        ("Ben", PASSWORD),
        ("", PASSWORD),
        ("Ann", ""),
        ("Ann", PASSWORD * 10),
        ("\x00", "\ud800"),
    ],
)
def test_a_wrong_name_or_password_is_nobody(
    db: Connection, project_id: UUID, now: datetime, name: str, password: str
) -> None:
    add(db, project_id, now)

    assert known_by(db, name).opened_by(password) is None


def test_an_unknown_name_takes_as_long_as_a_wrong_password(db: Connection, project_id: UUID, now: datetime) -> None:
    add(db, project_id, now)

    def work(name: str) -> float:
        start = time.process_time()
        known_by(db, name).opened_by("wrong password")
        return time.process_time() - start

    work("the first unknown name also makes the hash that all of them are held against")
    assert work("nobody") > work("Ann") / 2


@pytest.mark.parametrize("password", ["", "short", "x" * 11, "x" * 129])
def test_a_password_of_the_wrong_length_is_refused(
    db: Connection, project_id: UUID, now: datetime, password: str
) -> None:
    with pytest.raises(CopilotError, match="12 to 128"):
        add(db, project_id, now, password=password)


@pytest.mark.parametrize("name", ["Ann", "ann", " ANN ", "\uff21nn"])
def test_a_name_is_taken_whatever_its_capitals(db: Connection, project_id: UUID, now: datetime, name: str) -> None:
    add(db, project_id, now)

    with pytest.raises(Conflict, match="already"):
        add(db, project_id, now, name=name)


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "a\u202eb", "a\u200bb", "x" * 65])
def test_a_name_that_cannot_be_read_is_refused(db: Connection, project_id: UUID, now: datetime, name: str) -> None:
    with pytest.raises(CopilotError, match="user's name"):
        add(db, project_id, now, name=name)


def test_no_password_is_stored_as_it_is(db: Connection, project_id: UUID, now: datetime) -> None:
    add(db, project_id, now)

    (stored,) = db.scalars(select(person.c.password_hash))
    assert stored.startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_an_outdated_hash_is_known_and_made_anew(db: Connection, project_id: UUID, now: datetime) -> None:
    ann = add(db, project_id, now)
    weak = PasswordHasher(time_cost=1, memory_cost=64).hash(PASSWORD)
    db.execute(update(person).values(password_hash=weak))

    known = known_by(db, "Ann")
    assert known.outdated
    assert known.opened_by("wrong password") is None
    assert known.opened_by(PASSWORD) == ann
    renew(db, known, hash=hashed(PASSWORD))

    assert "m=65536" in db.scalars(select(person.c.password_hash)).one()
    assert not known_by(db, "Ann").outdated
    assert known_by(db, "Ann").opened_by(PASSWORD) == ann


def test_a_password_that_was_changed_meanwhile_is_not_put_back(db: Connection, project_id: UUID, now: datetime) -> None:
    add(db, project_id, now)
    known = known_by(db, "Ann")
    changed = hashed("another good password")
    db.execute(update(person).values(password_hash=changed))

    renew(db, known, hash=hashed(PASSWORD))

    assert db.scalars(select(person.c.password_hash)).one() == changed


def test_a_disabled_person_is_out_at_once_and_their_work_stays(db: Connection, project_id: UUID, now: datetime) -> None:
    ann = add(db, project_id, now)
    secret = open_session(db, user_id=ann, project_id=project_id, now=now)
    assert session_viewer(db, secret=secret, now=now) is not None

    disable(db, name="ann", now=now)

    assert session_viewer(db, secret=secret, now=now) is None
    assert known_by(db, "Ann").opened_by(PASSWORD) is None
    with pytest.raises(NotFound):
        viewer_of(db, user_id=ann, project_id=project_id)
    (listed,) = list_people(db, project_id=project_id)
    assert (listed.name, listed.disabled) == ("Ann", True)
    with pytest.raises(NotFound, match="'ben'"):
        disable(db, name="ben", now=now)


def test_an_alias_tells_nothing_and_stays(db: Connection, project_id: UUID, now: datetime) -> None:
    add(db, project_id, now)
    add(db, project_id, now, name="Ben")

    aliases = [one.alias for one in list_people(db, project_id=project_id)]
    assert len(set(aliases)) == 2
    assert all(re.fullmatch("rater-[0-9a-f]{12}", alias) for alias in aliases)
    assert [one.alias for one in list_people(db, project_id=project_id)] == aliases


def test_a_session_ends_by_rest_by_age_and_by_hand(engine: Engine, clock: Clock) -> None:
    with writing(engine) as db:
        place = a_place(db, clock())
        viewer = a_viewer(db, place, clock())

        def opened() -> str:
            return open_session(db, user_id=viewer.user_id, project_id=place.project_id, now=clock())

        resting, used, closed = opened(), opened(), opened()
        close_session(db, secret=closed)
        assert session_viewer(db, secret=closed, now=clock()) is None
    assert seen(engine, secret=resting, now=clock()) == viewer

    for _ in range(14):
        assert seen(engine, secret=used, now=clock.tick(hours=11, minutes=59)) == viewer
    assert seen(engine, secret=resting, now=clock()) is None
    assert seen(engine, secret=used, now=clock.tick(minutes=14, seconds=1)) is None


@pytest.mark.parametrize("secret", ["", "x" * 43, "\x00", "\ud800", "' OR 1=1 --"])
def test_a_made_up_secret_is_nobody(db: Connection, now: datetime, secret: str) -> None:
    assert session_viewer(db, secret=secret, now=now) is None


def test_only_hashes_of_secrets_are_stored(engine: Engine, now: datetime) -> None:
    with writing(engine) as db:
        place = a_place(db, now)
        setup = new_setup_secret(db, now=now)
        ann = use_setup_secret(db, secret=setup, name="Ann", password=PASSWORD, project_id=place.project_id, now=now)
        session = open_session(db, user_id=ann, project_id=place.project_id, now=now)
        rows = [
            str(row)
            for table in ("session", "setup", "person", "audit_log")
            for row in db.execute(text(f"SELECT * FROM {table}"))
        ]

    assert min(len(setup), len(session)) >= 43
    assert not [secret for secret in (setup, session, PASSWORD) if any(secret in row for row in rows)]


def test_the_set_up_link_makes_one_admin_once(db: Connection, project_id: UUID, now: datetime) -> None:
    secret = new_setup_secret(db, now=now)
    ann = use_setup_secret(db, secret=secret, name="Ann", password=PASSWORD, project_id=project_id, now=now)

    viewer = viewer_of(db, user_id=ann, project_id=project_id)
    assert (viewer.role, viewer.skills) == (Role.ADMIN, frozenset({"*"}))
    with pytest.raises(Refused):
        use_setup_secret(db, secret=secret, name="Eve", password=PASSWORD, project_id=project_id, now=now)
    with pytest.raises(Refused, match="set up already"):
        new_setup_secret(db, now=now)
    assert len(list_people(db, project_id=project_id)) == 1


def test_a_late_or_wrong_or_replaced_set_up_link_is_refused(db: Connection, project_id: UUID, now: datetime) -> None:
    replaced = new_setup_secret(db, now=now)
    secret = new_setup_secret(db, now=now)

    def use(secret: str, after: timedelta) -> None:
        use_setup_secret(db, secret=secret, name="Eve", password=PASSWORD, project_id=project_id, now=now + after)

    for tried, after in [(replaced, 0), ("", 0), ("x" * 43, 0), (secret, 30), (secret, 31)]:
        with pytest.raises(Refused, match="used or too old"):
            use(tried, timedelta(minutes=after))
    use(secret, timedelta(minutes=29))
    assert anybody(db)


def test_somebody_of_one_project_joins_another_with_their_password(db: Connection, now: datetime) -> None:
    first, second = a_place(db, now).project_id, a_place(db, now, "second").project_id
    ann = add(db, first, now)
    assert known(db, name=" ANN ")
    assert not known(db, name="Ben")

    add_member(db, name="\uff21nn", project_id=second, role=Role.REVIEWER, skills=["law"], now=now)

    assert known_by(db, "Ann").opened_by(PASSWORD) == ann
    there = viewer_of(db, user_id=ann, project_id=second)
    assert (there.role, there.skills) == (Role.REVIEWER, frozenset({"law"}))
    assert viewer_of(db, user_id=ann, project_id=first).role is Role.EXPERT
    assert list_people(db, project_id=first)[0].alias != list_people(db, project_id=second)[0].alias
    with pytest.raises(Conflict, match="'Ann' is in this project already"):
        add_member(db, name="ann", project_id=second, role=Role.ADMIN, skills=[], now=now)
    assert viewer_of(db, user_id=ann, project_id=second).role is Role.REVIEWER


def test_who_is_unknown_or_disabled_joins_nothing(db: Connection, project_id: UUID, now: datetime) -> None:
    second = a_place(db, now, "second").project_id
    add(db, project_id, now)
    disable(db, name="Ann", now=now)

    with pytest.raises(NotFound, match="'Ben'"):
        add_member(db, name="Ben", project_id=second, role=Role.ADMIN, skills=[], now=now)
    with pytest.raises(Conflict, match="'Ann' was disabled"):
        add_member(db, name="Ann", project_id=second, role=Role.ADMIN, skills=[], now=now)
    assert list_people(db, project_id=second) == []


def test_the_operator_of_a_home_and_nobody_else_is_let_into_each_project(
    db: Connection, project_id: UUID, now: datetime
) -> None:
    secret = new_setup_secret(db, now=now)
    ann = use_setup_secret(db, secret=secret, name="Ann", password=PASSWORD, project_id=project_id, now=now)
    add_person(db, name="Ben", password=PASSWORD, project_id=project_id, role=Role.ADMIN, skills={"*"}, now=now)
    second, third = a_place(db, now, "second").project_id, a_place(db, now, "third").project_id
    add_member(db, name="Ann", project_id=third, role=Role.ANNOTATOR, skills=[], now=now)

    for place in (second, second, third):
        admit_operators(db, project_id=place, now=now)

    assert [(one.name, one.role) for one in list_people(db, project_id=second)] == [("Ann", Role.ADMIN)]
    assert viewer_of(db, user_id=ann, project_id=second).skills == {"*"}
    assert viewer_of(db, user_id=ann, project_id=third).role is Role.ANNOTATOR
    disable(db, name="Ann", now=now)
    fourth = a_place(db, now, "fourth").project_id
    admit_operators(db, project_id=fourth, now=now)
    assert list_people(db, project_id=fourth) == []
