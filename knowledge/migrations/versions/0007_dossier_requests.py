"""The requests that created a dossier, so that one sent twice makes one."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dossier_request",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("body", sa.String(64), nullable=False),
        sa.Column("dossier_id", sa.String(32), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_dossier_request"),
    )
    op.create_index("ix_dossier_request_received_at", "dossier_request", ["received_at"])


def downgrade() -> None:
    op.drop_table("dossier_request")
