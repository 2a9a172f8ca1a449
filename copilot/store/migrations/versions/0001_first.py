"""The first tables: items, drafts, queues, responses, people, bill and audit log."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

_COUNT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def _seq() -> sa.Column[int]:
    return sa.Column("seq", _COUNT, primary_key=True, autoincrement=True)


def upgrade() -> None:
    _create_work()
    _create_drafts()
    _create_drafted()
    _create_people()
    _create_sessions()
    _create_queues()
    _create_leases()
    _create_responses()
    _create_findings()
    _create_books()


def _create_work() -> None:
    op.create_table(
        "project",
        _seq(),
        sa.Column("id", sa.Uuid(), nullable=False, unique=True),
        sa.Column("name", sa.Text(), nullable=False, unique=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "run",
        _seq(),
        sa.Column("id", sa.Uuid(), nullable=False, unique=True),
        sa.Column("project_id", sa.Uuid(), sa.ForeignKey("project.id"), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("params", sa.Text(), nullable=False),
        sa.Column("source_name", sa.Text(), nullable=False),
        sa.Column("source_sha256", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_run_project_id_seq", "run", ["project_id", "seq"])
    op.create_table(
        "item",
        _seq(),
        sa.Column("id", sa.Uuid(), nullable=False, unique=True),
        sa.Column("project_id", sa.Uuid(), sa.ForeignKey("project.id"), nullable=False),
        sa.Column("external_id", sa.Text(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("project_id", "external_id"),
    )


def _create_drafts() -> None:
    op.create_table(
        "draft",
        _seq(),
        sa.Column("id", sa.Uuid(), nullable=False, unique=True),
        sa.Column("project_id", sa.Uuid(), sa.ForeignKey("project.id"), nullable=False),
        sa.Column("item_id", sa.Uuid(), sa.ForeignKey("item.id"), nullable=False),
        sa.Column("run_id", sa.Uuid(), sa.ForeignKey("run.id"), nullable=False),
        sa.Column("task", sa.Text(), nullable=False),
        sa.Column("sample", sa.Integer(), nullable=False),
        sa.Column("response", sa.Text()),
        sa.Column("answer", sa.Text()),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("prompt", sa.Text(), nullable=False),
        sa.Column("params", sa.Text(), nullable=False),
        sa.Column("request_key", sa.Text(), nullable=False),
        sa.Column("input_tokens", _COUNT, nullable=False),
        sa.Column("output_tokens", _COUNT, nullable=False),
        sa.Column("cost", sa.BigInteger()),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("item_id", "request_key"),
    )
    op.create_index("ix_draft_project_id_request_key", "draft", ["project_id", "request_key"])
    op.create_index("ix_draft_run_id", "draft", ["run_id"])


def _create_drafted() -> None:
    op.create_table(
        "draft_step",
        _seq(),
        sa.Column("draft_id", sa.Uuid(), sa.ForeignKey("draft.id"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text()),
        sa.UniqueConstraint("draft_id", "step_id"),
        sa.UniqueConstraint("draft_id", "position"),
    )
    op.create_table(
        "route",
        _seq(),
        sa.Column("draft_id", sa.Uuid(), sa.ForeignKey("draft.id"), nullable=False, unique=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("queue", sa.Text()),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("skill", sa.Text()),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
    )


def _create_people() -> None:
    op.create_table(
        "person",
        _seq(),
        sa.Column("id", sa.Uuid(), nullable=False, unique=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("name_key", sa.Text(), nullable=False, unique=True),
        sa.Column("password_hash", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disabled_at", sa.DateTime(timezone=True)),
        sa.Column("operator", sa.Boolean(), nullable=False),
    )
    op.create_table(
        "membership",
        _seq(),
        sa.Column("person_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("project_id", sa.Uuid(), sa.ForeignKey("project.id"), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("skills", sa.Text(), nullable=False),
        sa.Column("alias", sa.Text(), nullable=False),
        sa.UniqueConstraint("project_id", "alias"),
        sa.UniqueConstraint("person_id", "project_id"),
    )


def _create_sessions() -> None:
    op.create_table(
        "session",
        _seq(),
        sa.Column("secret_sha256", sa.Text(), nullable=False, unique=True),
        sa.Column("person_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("project_id", sa.Uuid(), sa.ForeignKey("project.id"), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_session_person_id", "session", ["person_id"])
    op.create_table(
        "setup",
        _seq(),
        sa.Column("secret_sha256", sa.Text(), nullable=False, unique=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True)),
    )


def _create_queues() -> None:
    op.create_table(
        "queue_entry",
        _seq(),
        sa.Column("id", sa.Uuid(), nullable=False, unique=True),
        sa.Column("project_id", sa.Uuid(), sa.ForeignKey("project.id"), nullable=False),
        sa.Column("item_id", sa.Uuid(), sa.ForeignKey("item.id"), nullable=False),
        sa.Column("draft_id", sa.Uuid(), sa.ForeignKey("draft.id"), nullable=False),
        sa.Column("queue", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("skill", sa.Text()),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("seats >= 1", name="ck_queue_entry_a_seat_at_least"),
    )
    op.create_index("ix_queue_entry_draft_id", "queue_entry", ["draft_id"])
    op.create_index(
        "ix_queue_entry_open",
        "queue_entry",
        ["project_id", "queue", sa.text("priority DESC"), "seq"],
        sqlite_where=sa.text("closed_at IS NULL"),
        postgresql_where=sa.text("closed_at IS NULL"),
    )


def _create_leases() -> None:
    op.create_table(
        "lease",
        _seq(),
        sa.Column("entry_id", sa.Uuid(), sa.ForeignKey("queue_entry.id"), nullable=False),
        sa.Column("rater_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("fence", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("entry_id", "rater_id"),
    )
    op.create_index("ix_lease_expires_at", "lease", ["expires_at"])
    op.create_index("ix_lease_rater_id", "lease", ["rater_id"])
    op.create_table(
        "autosave",
        _seq(),
        sa.Column("entry_id", sa.Uuid(), sa.ForeignKey("queue_entry.id"), nullable=False),
        sa.Column("rater_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("entry_id", "rater_id"),
    )


def _create_responses() -> None:
    op.create_table(
        "response",
        _seq(),
        sa.Column("id", sa.Uuid(), nullable=False, unique=True),
        sa.Column("project_id", sa.Uuid(), sa.ForeignKey("project.id"), nullable=False),
        sa.Column("entry_id", sa.Uuid(), sa.ForeignKey("queue_entry.id"), nullable=False),
        sa.Column("item_id", sa.Uuid(), sa.ForeignKey("item.id"), nullable=False),
        sa.Column("draft_id", sa.Uuid(), sa.ForeignKey("draft.id"), nullable=False),
        sa.Column("rater_id", sa.Uuid(), sa.ForeignKey("person.id"), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("response", sa.Text()),
        sa.Column("answer", sa.Text()),
        sa.Column("reason", sa.Text()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("entry_id", "rater_id"),
    )
    op.create_index("ix_response_project_id_seq", "response", ["project_id", "seq"])
    op.create_index("ix_response_rater_id_draft_id", "response", ["rater_id", "draft_id"])
    op.create_table(
        "response_step",
        _seq(),
        sa.Column("response_id", sa.Uuid(), sa.ForeignKey("response.id"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("step_id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("claim", sa.Text()),
        sa.UniqueConstraint("response_id", "position"),
        sa.UniqueConstraint("response_id", "step_id"),
    )


def _create_findings() -> None:
    op.create_table(
        "finding",
        _seq(),
        sa.Column("draft_id", sa.Uuid(), sa.ForeignKey("draft.id")),
        sa.Column("response_id", sa.Uuid(), sa.ForeignKey("response.id")),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("step", sa.Integer()),
        sa.Column("span_start", sa.Integer(), nullable=False),
        sa.Column("span_end", sa.Integer(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("repair", sa.Text()),
        sa.Column("carried", sa.Integer(), nullable=False),
        sa.CheckConstraint("(draft_id IS NULL) <> (response_id IS NULL)", name="ck_finding_one_owner"),
    )
    op.create_index("ix_finding_draft_id", "finding", ["draft_id"])
    op.create_index("ix_finding_response_id", "finding", ["response_id"])


def _create_books() -> None:
    op.create_table(
        "ledger",
        _seq(),
        sa.Column("project_id", sa.Uuid(), sa.ForeignKey("project.id"), nullable=False),
        sa.Column("run_id", sa.Uuid(), sa.ForeignKey("run.id"), nullable=False),
        sa.Column("charge_id", sa.Text(), nullable=False, unique=True),
        sa.Column("request_key", sa.Text(), nullable=False),
        sa.Column("model", sa.Text(), nullable=False),
        sa.Column("input_tokens", _COUNT, nullable=False),
        sa.Column("output_tokens", _COUNT, nullable=False),
        sa.Column("cost", sa.BigInteger()),
        sa.Column("charged_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_ledger_project_id", "ledger", ["project_id"])
    op.create_table(
        "audit_log",
        sa.Column("number", _COUNT, primary_key=True, autoincrement=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("previous", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
    )
