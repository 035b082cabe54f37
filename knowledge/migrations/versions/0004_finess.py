"""The national directory of establishments."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "finess_establishment",
        sa.Column("number", sa.String(9), nullable=False),
        sa.Column("kind", sa.String(12), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("other_name", sa.String(300), nullable=False),
        sa.Column("town", sa.String(120), nullable=False),
        sa.Column("place", sa.String(120), nullable=False),
        sa.Column("postal_code", sa.String(10), nullable=False),
        sa.Column("department", sa.String(3), nullable=False),
        sa.Column("category", sa.String(200), nullable=False),
        sa.Column("legal_number", sa.String(9), nullable=False),
        sa.Column("siret", sa.String(14), nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_finess_establishment"),
    )
    for name in ("place", "department", "legal_number"):
        op.create_index(f"ix_finess_establishment_{name}", "finess_establishment", [name])
    op.create_table(
        "finess_directory",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("file", sa.String(300), nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_finess_directory"),
    )


def downgrade() -> None:
    op.drop_table("finess_directory")
    op.drop_table("finess_establishment")
