"""What became of each mail of the inbox."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mail_mailbox",
        sa.Column("mailbox", sa.String(64), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("mailbox", name="pk_mail_mailbox"),
    )
    op.create_table(
        "mail_item",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("mailbox", sa.String(64), nullable=False),
        sa.Column("uidvalidity", sa.BigInteger, nullable=False),
        sa.Column("uid", sa.BigInteger, nullable=False),
        sa.Column("message", sa.String(64), nullable=False),
        sa.Column("content", sa.String(64), nullable=False),
        sa.Column("thread", sa.String(64), nullable=False),
        sa.Column("sender", sa.String(64), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("reason", sa.String(60), nullable=False),
        sa.Column("topics", sa.JSON, nullable=False),
        sa.Column("reply_id", sa.String(255), nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("traces", sa.Text, nullable=False),
        sa.Column("fate", sa.String(12), nullable=False),
        sa.Column("similarity", sa.Float, nullable=True),
        sa.Column("draft_words", sa.Integer, nullable=True),
        sa.Column("sent_words", sa.Integer, nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_mail_item"),
        sa.UniqueConstraint("mailbox", "message", name="uq_mail_item_mailbox_message"),
    )
    op.create_index("ix_mail_item_mailbox_uidvalidity_uid", "mail_item", ["mailbox", "uidvalidity", "uid"])
    op.create_index("ix_mail_item_mailbox_state", "mail_item", ["mailbox", "state"])
    op.create_index("ix_mail_item_taken_at", "mail_item", ["taken_at"])


def downgrade() -> None:
    op.drop_table("mail_item")
    op.drop_table("mail_mailbox")
