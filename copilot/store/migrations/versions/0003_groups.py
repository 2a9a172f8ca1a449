"""Groups of items: the column, the keys by which duplicates are found, and what joins two groups."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_COUNT = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TABLES = ("item_key", "group_link")


def upgrade() -> None:
    op.add_column("item", sa.Column("group_id", sa.Uuid(), nullable=True))
    op.create_table(
        "item_key",
        sa.Column("seq", _COUNT, primary_key=True, autoincrement=True),
        sa.Column("project_id", sa.Uuid(), sa.ForeignKey("project.id"), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("key", _COUNT, nullable=False),
        sa.Column("item_id", sa.Uuid(), sa.ForeignKey("item.id"), nullable=False),
    )
    op.create_index("ix_item_key_project_id_key_seq", "item_key", ["project_id", "key", "seq"])
    op.create_table(
        "group_link",
        sa.Column("seq", _COUNT, primary_key=True, autoincrement=True),
        sa.Column("project_id", sa.Uuid(), sa.ForeignKey("project.id"), nullable=False),
        sa.Column("group_id", sa.Uuid(), nullable=False),
        sa.Column("into_id", sa.Uuid(), nullable=False),
        sa.UniqueConstraint("project_id", "group_id"),
    )
    _guard()


def _guard() -> None:
    for table in _TABLES:
        if op.get_bind().dialect.name == "postgresql":
            op.execute(
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION copilot_append_only()"
            )
            continue
        for verb in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
