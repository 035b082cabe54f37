"""The passages of the documents that records come with."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "passage",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("record_id", sa.String(120), nullable=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("section", sa.Text, nullable=True),
        sa.Column("lead", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_passage"),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name="fk_passage_record_id_record", ondelete="CASCADE"),
    )
    op.create_index("ix_passage_record_id", "passage", ["record_id"])
    op.create_table(
        "passage_set",
        sa.Column("record_id", sa.String(120), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("source", sa.String(300), nullable=False),
        sa.Column("checksum", sa.String(64), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("record_id", name="pk_passage_set"),
        sa.ForeignKeyConstraint(["record_id"], ["record.id"], name="fk_passage_set_record_id_record", ondelete="CASCADE"),
    )


def downgrade() -> None:
    op.drop_table("passage_set")
    op.drop_table("passage")
