"""Questions and opinions go with the conversation that they come from."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None
_TABLES = ("unanswered_question", "opinion")


def upgrade() -> None:
    for table in _TABLES:
        op.add_column(table, sa.Column("conversation", sa.String(64), nullable=True))
        op.create_index(f"ix_{table}_conversation", table, ["conversation"])


def downgrade() -> None:
    for table in _TABLES:
        op.drop_index(f"ix_{table}_conversation", table)
        op.drop_column(table, "conversation")
