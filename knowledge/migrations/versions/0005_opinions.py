"""What people think of the answers."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "opinion",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("useful", sa.Boolean, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("record_id", sa.String(120), nullable=True),
        sa.Column("topic", sa.String(60), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_opinion"),
    )
    op.create_index("ix_opinion_given_at", "opinion", ["given_at"])


def downgrade() -> None:
    op.drop_table("opinion")
