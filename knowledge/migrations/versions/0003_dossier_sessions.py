"""Which conversations opened which dossier."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dossier_session",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("conversation", sa.String(255), nullable=False),
        sa.Column("dossier_id", sa.String(32), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_dossier_session"),
        sa.UniqueConstraint("conversation", "dossier_id", name="uq_dossier_session_conversation_dossier_id"),
    )
    op.create_index("ix_dossier_session_dossier_id", "dossier_session", ["dossier_id"])


def downgrade() -> None:
    op.drop_table("dossier_session")
