"""The safety gate: holds stated facts of the patient against what sources warn of each drug."""

from loccit.composition.gate.judging import Judge, Judgement, Met
from loccit.composition.gate.meeting import Fit
from loccit.composition.gate.placing import gate_of, shown_of
from loccit.composition.gate.withholding import is_withheld

__all__ = ["Fit", "Judge", "Judgement", "Met", "gate_of", "is_withheld", "shown_of"]
