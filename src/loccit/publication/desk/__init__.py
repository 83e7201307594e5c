"""The pages of review: what waits, the desk of one article, what changed, published editions."""

from loccit.publication.desk.desk_data import (
    desk_data,
    differences_data,
    passages_found,
    queue_data,
)
from loccit.publication.desk.desk_page import DeskView, Passage, Tried, desk_page
from loccit.publication.desk.differences_page import Differences, differences_page
from loccit.publication.desk.editions_page import EditionRow, editions_data, editions_page
from loccit.publication.desk.ledger_lines import Line, Told, line_of
from loccit.publication.desk.overtaken_page import overtaken_page
from loccit.publication.desk.queue_page import Looking, Waiting, queue_page

__all__ = [
    "DeskView",
    "Differences",
    "EditionRow",
    "Line",
    "Looking",
    "Passage",
    "Told",
    "Tried",
    "Waiting",
    "desk_data",
    "desk_page",
    "differences_data",
    "differences_page",
    "editions_data",
    "editions_page",
    "line_of",
    "overtaken_page",
    "passages_found",
    "queue_data",
    "queue_page",
]
