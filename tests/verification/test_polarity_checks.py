"""What is denied, advised against, or turned round."""

from __future__ import annotations

import pytest
from judging import judged, told

from loccit.terms import Verdict

WRONG = [
    (
        "negation",
        Verdict.CONTRADICTED,
        "Probenecid is recommended in acute gout.",
        "Probenecid is not recommended in acute gout.",
    ),
    (
        "negation",
        Verdict.CONTRADICTED,
        "Probenecid is not recommended in acute gout.",
        "Probenecid is recommended in acute gout.",
    ),
    (
        "negation",
        Verdict.CONTRADICTED,
        "Tizanidine may be used with ciprofloxacin.",
        "Tizanidine is contraindicated with ciprofloxacin.",
    ),
    (
        "negation",
        Verdict.CONTRADICTED,
        "Avoid metformin in pregnancy.",
        "Use metformin in pregnancy.",
    ),
    (
        "negation",
        Verdict.CONTRADICTED,
        "Triptans are contraindicated in coronary artery disease.",
        "Triptans are not contraindicated in coronary artery disease.",
    ),
    (
        "negation",
        Verdict.CONTRADICTED,
        "Food affects the absorption of apixaban.",
        "Food does not affect the absorption of apixaban.",
    ),
    (
        "negation",
        Verdict.CONTRADICTED,
        "Patients should stay in bed with acute back pain.",
        "Patients should not stay in bed with acute back pain.",
    ),
    (
        "negation",
        Verdict.CONTRADICTED,
        "Bed rest is advised for back pain.",
        "Bed rest is not advised for back pain.",
    ),
    (
        "negation",
        Verdict.CONTRADICTED,
        "Take alendronate with food.",
        "Take alendronate without food.",
    ),
    (
        "negation",
        Verdict.CONTRADICTED,
        "There is evidence that massage helps sciatica.",
        "There is no evidence that massage helps sciatica.",
    ),
    (
        "negation",
        Verdict.CONTRADICTED,
        "Ibuprofen should not be avoided in renal failure.",
        "Ibuprofen should be avoided in renal failure.",
    ),
    (
        "direction",
        Verdict.CONTRADICTED,
        "Rifampin increases the level of warfarin.",
        "Rifampin decreases the level of warfarin.",
    ),
    (
        "direction",
        Verdict.CONTRADICTED,
        "Amitriptyline worsened sleep.",
        "Amitriptyline improved sleep.",
    ),
    (
        "direction",
        Verdict.CONTRADICTED,
        "Take levothyroxine after breakfast.",
        "Take levothyroxine before breakfast.",
    ),
    (
        "direction",
        Verdict.CONTRADICTED,
        "Stop lithium if the patient has diarrhea.",
        "Start lithium if the patient has diarrhea.",
    ),
    (
        "direction",
        Verdict.CONTRADICTED,
        "Tramadol is safe in epilepsy.",
        "Tramadol is unsafe in epilepsy.",
    ),
    (
        "direction",
        Verdict.CONTRADICTED,
        "Spironolactone taken with lisinopril in heart failure can cause hypokalemia.",
        "Spironolactone taken with lisinopril in heart failure can cause hyperkalemia.",
    ),
]
RIGHT = [
    ("Never give aspirin to children with fever.", "Do not give aspirin to children with fever."),
    ("Rifampin lowers the level of warfarin.", "Rifampin decreases the level of warfarin."),
]


@pytest.mark.parametrize(("check", "verdict", "claim", "source"), WRONG)
def test_a_sentence_that_departs_from_its_source_is_told_by_the_check_for_it(
    check, verdict, claim, source
):
    judgement = judged(claim, source)
    assert judgement.verdict is verdict, judgement.findings
    assert check in {name for name, _ in told(judgement)}


@pytest.mark.parametrize(("claim", "source"), RIGHT)
def test_the_same_in_other_words_is_supported(claim, source):
    judgement = judged(claim, source)
    assert judgement.verdict is Verdict.SUPPORTED, judgement.findings
