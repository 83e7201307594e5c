"""Which side a sentence takes, of what act, in whom, and when two sentences cannot both hold.

It stands below the stages because sources set side by side and sentences of one text must be read
in one way. It knows nothing of documents or questions, and never says which side is right.
"""

from loccit.stances.opposing import Opposition, opposition, oppositions
from loccit.stances.reading import StanceReader
from loccit.stances.rules import load_stance_rules
from loccit.stances.stance import Amount, Spoken, Stance

__all__ = [
    "Amount",
    "Opposition",
    "Spoken",
    "Stance",
    "StanceReader",
    "load_stance_rules",
    "opposition",
    "oppositions",
]
