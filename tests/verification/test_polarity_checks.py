"""What is denied, advised against, or turned round."""

from __future__ import annotations

import pytest
from judging import expect, expect_support

from loccit.terms import Verdict

WRONG = [
    (
        "negation",
        Verdict.CONTRADICTED,
        "Plasma is tested in patients for whom tumor tissue is available for testing.",
        "Plasma is tested in patients for whom tumor tissue is not available for testing.",
    ),
    (
        "negation",
        Verdict.CONTRADICTED,
        "Baclofen may be stopped abruptly.",
        "Abrupt discontinuation of baclofen should be avoided.",
    ),
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
    (
        "negation",
        Verdict.CONTRADICTED,
        "Metformin is contraindicated in mild renal impairment.",
        "Metformin is not contraindicated in mild renal impairment.",
    ),
    (
        "negation",
        Verdict.CONTRADICTED,
        "Antibiotics are recommended for viral pharyngitis.",
        "Antibiotics are not recommended for viral pharyngitis.",
    ),
    (
        "negation",
        Verdict.CONTRADICTED,
        "Antibiotics help in viral pharyngitis.",
        "Antibiotics do not help in viral pharyngitis.",
    ),
    (
        "negation",
        Verdict.CONTRADICTED,
        "Imaging is recommended in the first 6 weeks of low back pain.",
        "Avoid imaging in the first 6 weeks of low back pain.",
    ),
    (
        "negation",
        Verdict.CONTRADICTED,
        "Clinicians should image patients with low back pain.",
        "Clinicians should not image patients with low back pain.",
    ),
    (
        "negation",
        Verdict.CONTRADICTED,
        "Patients without diabetes were enrolled in the trial of liraglutide.",
        "Patients with diabetes were enrolled in the trial of liraglutide.",
    ),
    (
        "negation",
        Verdict.CONTRADICTED,
        "Tramadol is allowed with a monoamine oxidase inhibitor.",
        "Tramadol is prohibited with a monoamine oxidase inhibitor.",
    ),
    (
        "negation",
        Verdict.CONTRADICTED,
        "Tell the patient to take alcohol with metronidazole.",
        "Tell the patient not to take alcohol with metronidazole.",
    ),
    (
        "direction",
        Verdict.CONTRADICTED,
        "The drug was effective for sciatica; naproxen.",
        "The drug was ineffective for sciatica; naproxen.",
    ),
    (
        "negation",
        Verdict.CONTRADICTED,
        "No patient on naproxen had bleeding.",
        "Three patients on naproxen had bleeding.",
    ),
    (
        "negation",
        Verdict.CONTRADICTED,
        "Tizanidine is safe with ciprofloxacin.",
        "Ciprofloxacin is contraindicated with tizanidine.",
    ),
    (
        "negation",
        Verdict.CONTRADICTED,
        "Tramadol is harmless with MAO inhibitors.",
        "Tramadol should not be used with MAO inhibitors.",
    ),
    (
        "subject",
        Verdict.PARTLY,
        "Naproxen is well tolerated in older adults.",
        "Naproxen can be used in older adults.",
    ),
    (
        "negation",
        Verdict.PARTLY,
        "Naproxen does not cause bleeding.",
        "With warfarin, naproxen raises the risk of serious bleeding, and patients are monitored.",
    ),
    (
        "negation",
        Verdict.CONTRADICTED,
        "Do not order imaging initially.",
        "Imaging is ordered initially in low back pain.",
    ),
    (
        "negation",
        Verdict.CONTRADICTED,
        "Do not order imaging in back pain.",
        "Where evidence is lacking, the panel allows imaging in back pain.",
    ),
    (
        "negation",
        Verdict.CONTRADICTED,
        "Diazepam is safe in sleep apnea.",
        "Diazepam tablets are contraindicated in myasthenia gravis and sleep apnea.",
    ),
    (
        "direction",
        Verdict.CONTRADICTED,
        "Baclofen should be stopped at once if there is no benefit.",
        "If baclofen shows no clear benefit after a trial, it should be withdrawn slowly.",
    ),
]
RIGHT = [
    ("Never give aspirin to children with fever.", "Do not give aspirin to children with fever."),
    ("Rifampin lowers the level of warfarin.", "Rifampin decreases the level of warfarin."),
]


@pytest.mark.parametrize(("check", "verdict", "claim", "source"), WRONG)
def test_a_sentence_that_departs_from_its_source_is_told(check, verdict, claim, source):
    expect(check, verdict, claim, source)


@pytest.mark.parametrize(("claim", "source"), RIGHT)
def test_the_same_in_other_words_is_supported(claim, source):
    expect_support(claim, source)
