"""Articles in review are found by what their question reads as."""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the indexes."""
    op.create_index("decisions_by_target", "decisions", ["action", "target"])
    op.create_index("decisions_by_passage", "decisions", ["action", "passage"])
