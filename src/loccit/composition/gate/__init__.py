"""The safety gate: holds stated facts of the patient against what sources warn of each drug."""

from loccit.composition.gate.advising import Weighed, aims_of, others_in, with_advice
from loccit.composition.gate.judging import Judge, Judgement, Met
from loccit.composition.gate.meeting import Fit
from loccit.composition.gate.placing import gate_of, shown_of
from loccit.composition.gate.withholding import is_withheld

__all__ = [
    "Fit",
    "Judge",
    "Judgement",
    "Met",
    "Weighed",
    "aims_of",
    "gate_of",
    "is_withheld",
    "others_in",
    "shown_of",
    "with_advice",
]
