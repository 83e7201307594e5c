"""Shows what differs between two editions: for a terminal, and as data."""

from loccit.publication.changes.as_json import as_json
from loccit.publication.changes.as_text import as_text

__all__ = ["as_json", "as_text"]
