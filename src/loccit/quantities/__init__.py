"""Reads numbers with their units, and tells when two of them mean the same.

It stands below the stages because a passage, a question and a sentence under check must be read in
one way. It knows nothing of documents or drugs.
"""

from loccit.quantities.measures import Measure, measures
from loccit.quantities.reading import normal_unit, quantities
from loccit.quantities.units import Dimension, dimension_of

__all__ = ["Dimension", "Measure", "dimension_of", "measures", "normal_unit", "quantities"]
