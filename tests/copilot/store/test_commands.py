from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from copilot.cli import db, users
from copilot.errors import Conflict, CopilotError, NotFound
from copilot.store.connect import connect, open_store, writing
from copilot.store.projects import ensure_project
from copilot.store.schema import REVISIONS, migrate

PASSWORD = "four random words here\n"
Run = Callable[..., Result]


@pytest.fixture
def run(home: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """A command on the home; what the caller is to mend is raised."""
    monkeypatch.delenv("COPILOT_DATABASE_URL", raising=False)

    def call(app: object, *words: str, stdin: str = "") -> Result:
        result = CliRunner().invoke(app, [*words, "--home", str(home)], input=stdin)  # type: ignore[arg-type]
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return call


def test_people_are_added_listed_and_kept_out(run: Run) -> None:
    assert run(users.app, "add", "Ann", stdin=PASSWORD).output == "Ann is annotator in default\n"
    run(users.app, "add", "Ben", "--role", "expert", "--skill", "math", "--skill", "law", stdin=PASSWORD)
    run(users.app, "disable", "ann")

    ann, ben = run(users.app, "list").output.splitlines()
    assert re.fullmatch(r"Ann\tannotator\t-\trater-\w+\tdisabled", ann)
    assert re.fullmatch(r"Ben\texpert\tlaw,math\trater-\w+\tactive", ben)


def test_somebody_of_another_project_is_added_without_a_password(run: Run, home: Path) -> None:
    run(users.app, "add", "Ann", stdin=PASSWORD)
    engine = open_store(home=home, url=None)
    with writing(engine) as connection:
        ensure_project(connection, name="law", now=datetime(2026, 11, 23, tzinfo=UTC))
    engine.dispose()

    said = run(users.app, "add", "ann", "--role", "expert", "--skill", "law", "--project", "law").output
    assert said == "ann is expert in law\n"
    assert re.fullmatch(r"Ann\texpert\tlaw\trater-\w+\tactive\n", run(users.app, "list", "--project", "law").output)
    with pytest.raises(Conflict, match="in this project already"):
        run(users.app, "add", "Ann", "--project", "law")
    with pytest.raises(NotFound, match="'lwa'"):
        run(users.app, "add", "Ann", "--project", "lwa")
    with pytest.raises(NotFound, match="'lwa'"):
        run(users.app, "list", "--project", "lwa")


def test_the_password_is_no_flag_and_must_be_given(run: Run) -> None:
    assert "--password" not in CliRunner().invoke(users.app, ["add", "--help"]).output
    with pytest.raises(CopilotError, match="no password"):
        run(users.app, "add", "Ann")
    with pytest.raises(CopilotError, match="12 to 128"):
        run(users.app, "add", "Ann", stdin="short\n")


def test_what_the_caller_is_to_mend_is_told(run: Run) -> None:
    run(users.app, "add", "Ann", stdin=PASSWORD)

    with pytest.raises(Conflict):
        run(users.app, "add", "ANN", stdin=PASSWORD)
    with pytest.raises(NotFound):
        run(users.app, "disable", "Ben")
    with pytest.raises(NotFound, match="'typo'"):
        run(users.app, "list", "--project", "typo")


def test_the_check_names_what_is_wrong(run: Run, home: Path) -> None:
    run(users.app, "add", "Ann", stdin=PASSWORD)
    sound = run(db.app, "check")
    head = re.search(r"head (\d+:[0-9a-f]{64})", sound.output)
    assert sound.exit_code == 0
    assert head is not None
    assert run(db.app, "check", "--anchor", head[1]).exit_code == 0

    with sqlite3.connect(home / "copilot.db") as raw:
        raw.execute("DROP TRIGGER audit_log_no_update")
        raw.execute("UPDATE audit_log SET actor = 'nobody' WHERE number = 1")
    raw.close()

    broken = run(db.app, "check")
    assert broken.exit_code == 1
    assert "audit log: row 1 was changed" in broken.output
    with pytest.raises(CopilotError, match="NUMBER:HASH"):
        run(db.app, "check", "--anchor", "5")


def test_an_older_database_is_backed_up_and_upgraded(run: Run, home: Path) -> None:
    engine = connect(home=home, url=None)
    with writing(engine) as connection:
        migrate(connection, to=REVISIONS[0])
    engine.dispose()
    with pytest.raises(CopilotError, match="older"):
        run(db.app, "check")

    said = run(db.app, "upgrade").output
    backup = re.match(r"backup: (.*\.db)\nthe database is now current\n", said)
    assert backup is not None
    assert Path(backup[1]).is_file()
    assert run(db.app, "upgrade").output == "the database was current\n"
    open_store(home=home, url=None).dispose()
