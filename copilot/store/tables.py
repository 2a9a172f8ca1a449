"""The tables. Their history stands in `migrations/`, and a test holds the two equal."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

from copilot.store.columns import Document, Moment, Money, Prose, Sequence

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

APPEND_ONLY = (
    "project",
    "run",
    "item",
    "item_key",
    "group_link",
    "draft",
    "draft_step",
    "finding",
    "route",
    "response",
    "response_step",
    "audit_log",
    "ledger",
)
"""Rows of these tables are never changed nor removed: triggers in the database refuse it."""


def _seq() -> Column[int]:
    # Random ids tell nothing about when a row came; this says it, and nobody outside the store sees it.
    return Column("seq", Sequence, primary_key=True, autoincrement=True)


def _id() -> Column[object]:
    return Column("id", Uuid(), nullable=False, unique=True)


def _to(name: str, table: str, *, nullable: bool = False) -> Column[object]:
    return Column(name, Uuid(), ForeignKey(f"{table}.id"), nullable=nullable)


project = Table(
    "project",
    metadata,
    _seq(),
    _id(),
    Column("name", Prose, nullable=False, unique=True),
    Column("created_at", Moment, nullable=False),
)

run = Table(
    "run",
    metadata,
    _seq(),
    _id(),
    _to("project_id", "project"),
    Column("task", Text, nullable=False),
    Column("model", Prose, nullable=False),
    Column("params", Document, nullable=False),
    Column("source_name", Prose, nullable=False),
    Column("source_sha256", Text, nullable=False),
    Column("started_at", Moment, nullable=False),
    Index(None, "project_id", "seq"),
)

item = Table(
    "item",
    metadata,
    _seq(),
    _id(),
    _to("project_id", "project"),
    Column("external_id", Prose, nullable=False),
    Column("digest", Text, nullable=False),
    Column("body", Document, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("group_id", Uuid()),  # None in a row of before groups: a group of its own
    UniqueConstraint("project_id", "external_id"),
)

item_key = Table(
    "item_key",
    metadata,
    _seq(),
    _to("project_id", "project"),
    Column("kind", Text, nullable=False),
    Column("key", Sequence, nullable=False),
    _to("item_id", "item"),
    Index(None, "project_id", "key", "seq"),
)

group_link = Table(
    "group_link",
    metadata,
    _seq(),
    _to("project_id", "project"),
    Column("group_id", Uuid(), nullable=False),
    Column("into_id", Uuid(), nullable=False),
    UniqueConstraint("project_id", "group_id"),
)

draft = Table(
    "draft",
    metadata,
    _seq(),
    _id(),
    _to("project_id", "project"),
    _to("item_id", "item"),
    _to("run_id", "run"),
    Column("task", Text, nullable=False),
    Column("sample", Integer, nullable=False),
    Column("response", Prose),
    Column("answer", Prose),
    Column("model", Prose, nullable=False),
    Column("prompt", Prose, nullable=False),
    Column("params", Document, nullable=False),
    Column("request_key", Text, nullable=False),
    Column("input_tokens", Sequence, nullable=False),
    Column("output_tokens", Sequence, nullable=False),
    Column("cost", Money),
    Column("attempts", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("item_id", "request_key"),
    Index(None, "project_id", "request_key"),
    Index(None, "run_id"),
)

draft_step = Table(
    "draft_step",
    metadata,
    _seq(),
    _to("draft_id", "draft"),
    Column("position", Integer, nullable=False),
    Column("step_id", Prose, nullable=False),
    Column("text", Prose, nullable=False),
    Column("claim", Document),
    UniqueConstraint("draft_id", "position"),
    UniqueConstraint("draft_id", "step_id"),
)

route = Table(
    "route",
    metadata,
    _seq(),
    Column("draft_id", Uuid(), ForeignKey("draft.id"), nullable=False, unique=True),
    Column("outcome", Text, nullable=False),
    Column("queue", Prose),
    Column("reason", Prose, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("seats", Integer, nullable=False),
    Column("skill", Prose),
    Column("decided_at", Moment, nullable=False),
)

queue_entry = Table(
    "queue_entry",
    metadata,
    _seq(),
    _id(),
    _to("project_id", "project"),
    _to("item_id", "item"),
    _to("draft_id", "draft"),
    Column("queue", Prose, nullable=False),
    Column("reason", Prose, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("seats", Integer, nullable=False),
    Column("skill", Prose),
    Column("fence", Integer, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("closed_at", Moment),
    CheckConstraint("seats >= 1", name="a_seat_at_least"),
    Index(
        "ix_queue_entry_open",
        "project_id",
        "queue",
        text("priority DESC"),
        "seq",
        sqlite_where=text("closed_at IS NULL"),
        postgresql_where=text("closed_at IS NULL"),
    ),
    Index(None, "draft_id"),
)

person = Table(
    "person",
    metadata,
    _seq(),
    _id(),
    Column("name", Prose, nullable=False),
    Column("name_key", Prose, nullable=False, unique=True),
    Column("password_hash", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("disabled_at", Moment),
    Column("operator", Boolean, nullable=False, default=False),
)

membership = Table(
    "membership",
    metadata,
    _seq(),
    _to("person_id", "person"),
    _to("project_id", "project"),
    Column("role", Text, nullable=False),
    Column("skills", Document, nullable=False),
    Column("alias", Text, nullable=False),
    UniqueConstraint("person_id", "project_id"),
    UniqueConstraint("project_id", "alias"),
)

lease = Table(
    "lease",
    metadata,
    _seq(),
    _to("entry_id", "queue_entry"),
    _to("rater_id", "person"),
    Column("fence", Integer, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("released_at", Moment),
    UniqueConstraint("entry_id", "rater_id"),
    Index(None, "rater_id"),
    Index(None, "expires_at"),
)

autosave = Table(
    "autosave",
    metadata,
    _seq(),
    _to("entry_id", "queue_entry"),
    _to("rater_id", "person"),
    Column("version", Integer, nullable=False),
    Column("content", Document, nullable=False),
    Column("findings", Document, nullable=False),
    Column("saved_at", Moment, nullable=False),
    UniqueConstraint("entry_id", "rater_id"),
)

response = Table(
    "response",
    metadata,
    _seq(),
    _id(),
    _to("project_id", "project"),
    _to("entry_id", "queue_entry"),
    _to("item_id", "item"),
    _to("draft_id", "draft"),
    _to("rater_id", "person"),
    Column("decision", Text, nullable=False),
    Column("response", Prose),
    Column("answer", Prose),
    Column("reason", Prose),
    Column("created_at", Moment, nullable=False),
    UniqueConstraint("entry_id", "rater_id"),
    Index(None, "rater_id", "draft_id"),
    Index(None, "project_id", "seq"),
)

response_step = Table(
    "response_step",
    metadata,
    _seq(),
    _to("response_id", "response"),
    Column("position", Integer, nullable=False),
    Column("step_id", Prose, nullable=False),
    Column("text", Prose, nullable=False),
    Column("claim", Document),
    UniqueConstraint("response_id", "position"),
    UniqueConstraint("response_id", "step_id"),
)

finding = Table(
    "finding",
    metadata,
    _seq(),
    _to("draft_id", "draft", nullable=True),
    _to("response_id", "response", nullable=True),
    Column("rule", Prose, nullable=False),
    Column("version", Integer, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("step", Integer),
    Column("span_start", Integer, nullable=False),
    Column("span_end", Integer, nullable=False),
    Column("message", Prose, nullable=False),
    Column("evidence", Document, nullable=False),
    Column("repair", Prose),
    Column("carried", Integer, nullable=False),
    CheckConstraint("(draft_id IS NULL) <> (response_id IS NULL)", name="one_owner"),
    Index(None, "draft_id"),
    Index(None, "response_id"),
)

session = Table(
    "session",
    metadata,
    _seq(),
    Column("secret_sha256", Text, nullable=False, unique=True),
    _to("person_id", "person"),
    _to("project_id", "project"),
    Column("opened_at", Moment, nullable=False),
    Column("seen_at", Moment, nullable=False),
    Index(None, "person_id"),
)

setup = Table(
    "setup",
    metadata,
    _seq(),
    Column("secret_sha256", Text, nullable=False, unique=True),
    Column("expires_at", Moment, nullable=False),
    Column("used_at", Moment),
)

ledger = Table(
    "ledger",
    metadata,
    _seq(),
    _to("project_id", "project"),
    _to("run_id", "run"),
    Column("charge_id", Text, nullable=False, unique=True),
    Column("request_key", Text, nullable=False),
    Column("model", Prose, nullable=False),
    Column("input_tokens", Sequence, nullable=False),
    Column("output_tokens", Sequence, nullable=False),
    Column("cost", Money),
    Column("charged_at", Moment, nullable=False),
    Index(None, "project_id"),
)

audit_log = Table(
    "audit_log",
    metadata,
    Column("number", Sequence, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("actor", Prose, nullable=False),
    Column("action", Prose, nullable=False),
    Column("subject", Prose, nullable=False),
    Column("detail", Document, nullable=False),
    Column("previous", Text, nullable=False),
    Column("hash", Text, nullable=False),
)
