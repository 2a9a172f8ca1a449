from __future__ import annotations

import os
import re
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import UUID

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, event, insert, text
from sqlalchemy.exc import OperationalError

from copilot.errors import Conflict, CopilotError, Damaged, NoRoom, Refused, Unreachable
from copilot.store import migrations
from copilot.store.connect import (
    SchemaState,
    connect,
    open_store,
    reading,
    schema_state,
    server_lock,
    upgrade,
    writing,
)
from copilot.store.engine import postgres_engine, require_wal_fix, sqlite_engine
from copilot.store.schema import REVISIONS, create, migrate, quick_check
from copilot.store.tables import metadata, project
from copilot.store.trouble import told

UUID_ONE = UUID(int=1)
BOTH = pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
Empty = Callable[[str], str | None]


def modes(home: Path) -> dict[str, str]:
    return {str(path.relative_to(home)): oct(stat.S_IMODE(path.stat().st_mode)) for path in [home, *home.rglob("*")]}


def test_everything_in_a_home_is_its_owners_alone(home: Path, now: datetime) -> None:
    old = os.umask(0)
    try:
        engine = connect(home=home, url=None)
        with writing(engine) as db:
            migrate(db, to=REVISIONS[0])
        upgrade(engine, home, now=now)
        with server_lock(home), writing(engine) as db:
            db.execute(insert(project).values(id=UUID_ONE, name="x", created_at=now))
            found = modes(home)
        engine.dispose()
    finally:
        os.umask(old)

    files = {name for name, mode in found.items() if mode == "0o600"}
    assert {"copilot.db", "copilot.db-wal", "copilot.db-shm", "server.lock"} <= files
    assert len([name for name in files if re.fullmatch(r"backups/2026.*\.db", name)]) == 1
    assert {name for name, mode in found.items() if mode == "0o700"} == {".", "backups"}
    assert len(found) == len(files) + 2


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o722, 0o777])
def test_a_home_that_others_may_write_is_refused(home: Path, mode: int) -> None:
    home.mkdir()
    home.chmod(mode)

    with pytest.raises(Refused, match="others may write") as error:
        open_store(home=home, url=None)

    assert "chmod go-w" in error.value.hint
    assert list(home.iterdir()) == []


def test_a_home_of_another_user_is_refused(home: Path) -> None:
    if os.geteuid() == 0:
        home.mkdir(mode=0o700)
        os.chown(home, 12345, 12345)
        theirs = home
    else:
        theirs = Path("/etc")

    with pytest.raises(Refused, match="belongs to another user"):
        open_store(home=theirs, url=None)


def test_a_home_that_is_a_file_is_refused(home: Path) -> None:
    home.write_text("not a folder")

    with pytest.raises(CopilotError, match="cannot use"):
        open_store(home=home, url=None)


def test_a_home_that_is_a_link_is_refused(home: Path, tmp_path: Path) -> None:
    real = tmp_path / "real"
    home.symlink_to(real)
    for _ in ("leading nowhere", "leading to a folder"):
        with pytest.raises(Refused, match="is a link") as error:
            open_store(home=home, url=None)
        assert "folder it leads to" in error.value.hint
        with pytest.raises(Refused, match="is a link"), server_lock(home):
            pytest.fail("a server holds a link")
        assert not real.exists() or list(real.iterdir()) == []
        real.mkdir(mode=0o700, exist_ok=True)

    inside = tmp_path / "way"
    inside.symlink_to(real)
    open_store(home=inside / "home", url=None).dispose()
    assert (real / "home" / "copilot.db").is_file()


def test_a_database_that_is_a_link_or_a_pipe_is_refused(home: Path, tmp_path: Path) -> None:
    home.mkdir(mode=0o700)
    (home / "copilot.db").symlink_to(tmp_path / "elsewhere.db")
    with pytest.raises(CopilotError, match="cannot open"):
        open_store(home=home, url=None)
    (home / "copilot.db").unlink()
    os.mkfifo(home / "copilot.db", 0o600)
    with pytest.raises(CopilotError, match="not a plain file"):
        open_store(home=home, url=None)

    assert not (tmp_path / "elsewhere.db").exists()


@BOTH
def test_an_empty_database_gets_the_tables_that_the_code_knows(home: Path, kind: str, empty_database: Empty) -> None:
    engine = open_store(home=home, url=empty_database(kind))
    with reading(engine) as db:
        differences = compare_metadata(MigrationContext.configure(db), metadata)
    engine.dispose()

    # The order within this one index (priority DESC) is more than SQLite's reflection can tell.
    assert [one for one in differences if "ix_queue_entry_open" not in str(one)] == []


def test_the_known_steps_are_those_in_the_folder() -> None:
    scripts = ScriptDirectory(str(Path(migrations.__file__).parent))

    assert tuple(sorted(step.revision for step in scripts.walk_revisions())) == REVISIONS
    assert scripts.get_heads() == [REVISIONS[-1]]


@BOTH
def test_an_older_database_is_left_alone_until_it_is_upgraded(
    home: Path, kind: str, empty_database: Empty, now: datetime
) -> None:
    url = empty_database(kind)
    engine = connect(home=home, url=url)
    with writing(engine) as db:
        migrate(db, to=REVISIONS[0])
        db.execute(insert(project).values(id=UUID_ONE, name="kept", created_at=now))

    with pytest.raises(CopilotError, match="older") as error:
        open_store(home=home, url=url)
    assert error.value.hint == "run: copilot db upgrade"
    assert schema_state(engine) is SchemaState.OLDER

    backup = upgrade(engine, home, now=now)
    assert schema_state(engine) is SchemaState.CURRENT
    assert upgrade(engine, home, now=now) is None
    engine.dispose()
    if kind == "sqlite":
        assert backup is not None
        with sqlite3.connect(backup) as copy:
            assert copy.execute("SELECT name FROM project").fetchall() == [("kept",)]
            assert copy.execute("SELECT version_num FROM alembic_version").fetchall() == [(REVISIONS[0],)]
        copy.close()
    else:
        assert backup is None


def test_a_newer_database_is_refused_and_left_alone(engine: Engine, home: Path, now: datetime) -> None:
    with writing(engine) as db:
        db.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    url = None if engine.dialect.name == "sqlite" else engine.url.render_as_string(hide_password=False)

    with pytest.raises(CopilotError, match="newer"):
        open_store(home=home, url=url)
    with pytest.raises(CopilotError, match="newer"):
        upgrade(engine, home, now=now)

    assert schema_state(engine) is SchemaState.NEWER
    assert not (home / "backups").exists()


@BOTH
def test_a_database_with_tables_of_others_is_not_taken_over(home: Path, kind: str, empty_database: Empty) -> None:
    engine = connect(home=home, url=empty_database(kind))
    with writing(engine) as db:
        db.execute(text("CREATE TABLE item (id integer)"))

    with pytest.raises(Damaged, match="'item'"):
        schema_state(engine)
    engine.dispose()


_KILLED = """
import os, sys
from pathlib import Path
from copilot.store.connect import connect, writing
from copilot.store.schema import migrate
engine = connect(home=Path(sys.argv[1]), url=sys.argv[2] or None)
with writing(engine) as db:
    migrate(db)
    os.kill(os.getpid(), 9)
"""


@BOTH
def test_a_killed_migration_leaves_nothing_and_the_next_start_makes_it(
    home: Path, kind: str, empty_database: Empty
) -> None:
    url = empty_database(kind)
    killed = subprocess.run([sys.executable, "-c", _KILLED, str(home), url or ""], check=False)
    assert killed.returncode == -9

    engine = connect(home=home, url=url)
    assert schema_state(engine) is SchemaState.EMPTY
    engine.dispose()
    engine = open_store(home=home, url=url)
    assert schema_state(engine) is SchemaState.CURRENT
    engine.dispose()


_OPENED = """
import sys
from pathlib import Path
from copilot.store.connect import open_store
open_store(home=Path(sys.argv[1]), url=sys.argv[2] or None).dispose()
"""


@BOTH
def test_two_processes_may_open_a_new_home_at_once(home: Path, kind: str, empty_database: Empty) -> None:
    url = empty_database(kind) or ""
    both = [subprocess.Popen([sys.executable, "-c", _OPENED, str(home), url]) for _ in range(2)]

    assert [process.wait(60) for process in both] == [0, 0]


def test_a_current_database_is_made_only_once(engine: Engine) -> None:
    create(engine)

    assert schema_state(engine) is SchemaState.CURRENT


_SERVING = """
import sys
from pathlib import Path
from copilot.store.connect import server_lock
with server_lock(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_second_server_on_one_home_is_refused(home: Path) -> None:
    first = subprocess.Popen(
        [sys.executable, "-c", _SERVING, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert first.stdin is not None
    assert first.stdout is not None
    with first:
        assert first.stdout.readline() == "held\n"
        with pytest.raises(Conflict) as error, server_lock(home):
            pytest.fail("two servers hold one home")
        assert error.value.what == f"another server (pid {first.pid}) has this home"
        first.kill()

    with server_lock(home):
        assert (home / "server.lock").read_text().startswith(f"{os.getpid()} ")
    with server_lock(home):
        pass


_NO_ROOM_FOR_A_LINE = """
import resource, signal, sys
from pathlib import Path
from copilot.errors import CopilotError
from copilot.store.connect import server_lock
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
try:
    with server_lock(Path(sys.argv[1])):
        print("held")
except CopilotError as error:
    print(error.what, "/", error.hint)
"""


def test_a_server_whose_lock_cannot_be_written_is_told(home: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-c", _NO_ROOM_FOR_A_LINE, str(home)], capture_output=True, text=True, check=True
    )

    assert "cannot write" in said.stdout
    assert "server.lock" in said.stdout
    assert said.stderr == ""
    with server_lock(home):
        pass


@pytest.mark.parametrize(
    ("code", "free", "kind"),
    [
        (10 | 10 << 8, 0, NoRoom),
        (10 | 19 << 8, 4095, NoRoom),
        (14, 0, NoRoom),
        (13, 1 << 40, NoRoom),
        (10 | 10 << 8, 1 << 40, CopilotError),
        (14, 1 << 40, CopilotError),
        (11, 0, Damaged),
    ],
)
def test_sqlite_that_cannot_write_for_want_of_room_says_so(code: int, free: int, kind: type[CopilotError]) -> None:
    cause = sqlite3.OperationalError("disk I/O error")
    cause.sqlite_errorcode = code

    assert type(told(OperationalError("COMMIT", None, cause), free=lambda: free)) is kind


@pytest.mark.parametrize("version", [(3, 51, 2), (3, 40, 1), (3, 7, 0)])
def test_an_sqlite_that_can_damage_a_database_is_refused(version: tuple[int, ...]) -> None:
    with pytest.raises(CopilotError, match=re.escape(".".join(map(str, version)))):
        require_wal_fix(version)
    require_wal_fix((3, 51, 3))


def test_a_place_that_cannot_hold_a_wal_is_refused() -> None:
    engine = sqlite_engine(Path(":memory:"))

    with pytest.raises(CopilotError, match="WAL"), reading(engine):
        pytest.fail("the database was opened")


def test_every_connection_to_sqlite_has_the_settings(home: Path) -> None:
    engine = open_store(home=home, url=None)
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "busy_timeout": 5000,
        "recursive_triggers": 1,
    }
    with reading(engine) as one, reading(engine) as other:
        for db in (one, other):
            assert {name: db.execute(text(f"PRAGMA {name}")).scalar() for name in wanted} == wanted
    engine.dispose()


def test_a_broken_block_leaves_nothing(engine: Engine, now: datetime) -> None:
    def half() -> None:
        with writing(engine) as db:
            db.execute(insert(project).values(id=UUID_ONE, name="half", created_at=now))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()

    with reading(engine) as db:
        assert db.execute(text("SELECT count(*) FROM project")).scalar() == 0


def test_a_reading_block_is_one_view_while_others_write(engine: Engine, now: datetime) -> None:
    with reading(engine) as db:
        before = db.execute(text("SELECT count(*) FROM project")).scalar()
        with writing(engine) as other:
            other.execute(insert(project).values(id=UUID_ONE, name="new", created_at=now))
        assert db.execute(text("SELECT count(*) FROM project")).scalar() == before


def test_a_database_file_of_junk_is_told_as_damaged(home: Path) -> None:
    home.mkdir(mode=0o700)
    (home / "copilot.db").write_bytes(b"junk" * 5000)

    with pytest.raises(Damaged, match="damaged") as error:
        open_store(home=home, url=None)

    assert "backups/" in error.value.hint
    assert (home / "copilot.db").read_bytes() == b"junk" * 5000


def test_flipped_bytes_are_found_by_the_check(home: Path, now: datetime) -> None:
    engine = open_store(home=home, url=None)
    assert quick_check(engine) is None
    engine.dispose()
    path = home / "copilot.db"
    whole = path.read_bytes()
    path.write_bytes(whole[:8192] + bytes(8192) + whole[16384:])

    engine = connect(home=home, url=None)
    try:
        found = quick_check(engine)
    except Damaged:
        found = "damaged"
    engine.dispose()
    assert found


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://u:secret@h/d", "not PostgreSQL"),
        ("sqlite:////tmp/x.db", "not PostgreSQL"),
        ("no url, secret", "not a URL"),
        ("", "not a URL"),
    ],
)
def test_a_url_of_another_kind_is_refused_without_its_password(url: str, said: str) -> None:
    with pytest.raises(CopilotError, match=said) as error:
        postgres_engine(url)

    assert "secret" not in str(error.value)


def test_a_postgresql_that_does_not_answer_is_told_without_its_password(home: Path) -> None:
    with pytest.raises(Unreachable) as error:
        open_store(home=home, url="postgresql://user:canary@127.0.0.1:9/none")

    assert "canary" not in error.value.what + error.value.hint


def test_a_postgresql_without_that_database_is_told(home: Path, empty_postgres: str) -> None:
    with pytest.raises(Unreachable, match="does not exist"):
        open_store(home=home, url=empty_postgres.replace("/test_", "/not_there_"))


def test_a_busy_database_is_told_and_nothing_is_changed(home: Path) -> None:
    open_store(home=home, url=None).dispose()
    engine = connect(home=home, url=None)
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA busy_timeout=50"))
    with writing(engine), pytest.raises(Unreachable, match="busy"), writing(engine):
        pytest.fail("two write at once")
    engine.dispose()
