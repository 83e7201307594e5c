"""Composes the article: selects exact words for each place of its shape, or stops honestly."""

from loccit.composition.abstaining import abstention
from loccit.composition.citing import recommendations, renumbered, statement
from loccit.composition.composing import Composer
from loccit.composition.conflicts import ConflictFinder
from loccit.composition.drugs import drugs_of
from loccit.composition.gate import Weighed, aims_of, others_in, settled, with_advice
from loccit.composition.naming import answer_id
from loccit.composition.preferring import with_preferred
from loccit.composition.shapes import load_shapes
from loccit.composition.suggesting import load_suggestions

__all__ = [
    "Composer",
    "ConflictFinder",
    "Weighed",
    "abstention",
    "aims_of",
    "answer_id",
    "drugs_of",
    "load_shapes",
    "load_suggestions",
    "others_in",
    "recommendations",
    "renumbered",
    "settled",
    "statement",
    "with_advice",
    "with_preferred",
]
