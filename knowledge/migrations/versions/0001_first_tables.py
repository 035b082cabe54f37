"""First tables: records, versions, revision, unanswered questions."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "record",
        sa.Column("id", sa.String(120), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("summary", sa.JSON, nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_record"),
    )
    op.create_table(
        "record_version",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("record_id", sa.String(120), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("content", sa.JSON, nullable=False),
        sa.Column("checksum", sa.String(64), nullable=False),
        sa.Column("author", sa.String(120), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changes", sa.JSON, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_record_version"),
        sa.ForeignKeyConstraint(
            ["record_id"], ["record.id"], name="fk_record_version_record_id_record", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("record_id", "number", name="uq_record_version_record_id_number"),
    )
    revision_table = op.create_table(
        "revision",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_revision"),
    )
    op.bulk_insert(revision_table, [{"id": 1, "number": 0}])
    op.create_table(
        "unanswered_question",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("record_id", sa.String(120)),
        sa.Column("topic", sa.String(60)),
        sa.Column("reason", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_unanswered_question"),
    )
    op.create_index("ix_unanswered_question_asked_at", "unanswered_question", ["asked_at"])


def downgrade() -> None:
    for table in ("unanswered_question", "revision", "record_version", "record"):
        op.drop_table(table)
