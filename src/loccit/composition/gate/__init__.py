"""The safety gate: holds stated facts of the patient against what sources warn of each drug."""

from loccit.composition.gate.advising import (
    ALL_THE_SAME,
    INSTEAD,
    Weighed,
    aims_of,
    others_in,
    with_advice,
)
from loccit.composition.gate.fits import Fit
from loccit.composition.gate.judgement import Judgement, Met
from loccit.composition.gate.judging import Judge
from loccit.composition.gate.placing import MOST_BLOCKS, MOST_CAUTIONS, gate_of, settled, shown_of
from loccit.composition.gate.rules import Span, load_gate_rules
from loccit.composition.gate.spans import age_spans
from loccit.composition.gate.withholding import gives_more, is_beside_the_block, is_withheld

__all__ = [
    "ALL_THE_SAME",
    "INSTEAD",
    "MOST_BLOCKS",
    "MOST_CAUTIONS",
    "Fit",
    "Judge",
    "Judgement",
    "Met",
    "Span",
    "Weighed",
    "age_spans",
    "aims_of",
    "gate_of",
    "gives_more",
    "is_beside_the_block",
    "is_withheld",
    "load_gate_rules",
    "others_in",
    "settled",
    "shown_of",
    "with_advice",
]
