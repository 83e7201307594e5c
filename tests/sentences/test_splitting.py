"""Where a sentence ends, in the prose of labels, guidelines and articles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loccit.passages import sentences

# Each line: a block, with | where one sentence ends and the next begins.
CLINICAL = """
Take 2.5 mg once daily.|Do not exceed 7.5 mg.
The dose is 0.5 mg/kg.|Round to the nearest 0.25 mL.
Give 5 mg b.i.d. with food.|Then stop.
Give 5 mg t.i.d. for 7 days.|Increase if needed.
Give 10 mg q.i.d. 30 minutes before meals.
Inject 25 mg i.m. 4 times a day.
Infuse 1 g i.v.|Flush the line.
Take 1 tablet p.o.|Swallow it whole.
Use p.r.n.|Stop after a week.
Smith et al. 2019 reported relief.|Others did not.
As shown by Jones et al.|The effect was small.
Infections due to E. coli were common.|S. aureus was rare.
Cultures grew E. coli, K. pneumoniae, and P. mirabilis.|All were treated.
See No. 5 of the list.|Then go on.
See Fig. 2 for the curve.|It falls.
See Figs. 2 and 3.|Both fall.
Ref. 12 gives the numbers.|They agree.
See Sect. 4 and Tab. 2 before use.
Relief was better vs. placebo.|It lasted.
Drug A vs. Drug B was not tested.
Use caution in patients >=65 years.|Reduce the dose.
Use caution in patients ≥65 years.|≥75 years: avoid.
Reduce the dose in adults < 50 kg.|> 50 kg: no change.
The range is 5-10 mg.|Start with 5 mg.
The range is 5 to 10 mg.|10 mg is the maximum.
Approved in the U.S. in 1977.|Sales began then.
It is made in the U.S.|The label says so.
The U.S. Food and Drug Administration approved it.|It is a tablet.
The U.S. Preventive Services Task Force recommends screening.
The U.K. Medicines Agency agrees.|It reviewed the data.
Made by Example Inc.|All rights reserved.
Example Co. 12 makes it.
1. Take with food.|2. Do not crush.
a. Rest the back.|Then move.
iv. Elevation helps.|Compression may.
(1) Take with food.|(2) Do not crush.
The grade was 3.|Patients recovered.
The score fell by 2.|No other change was seen.
Avoid vitamin D.|Take calcium.
The virus was hepatitis B.|The patient was treated.
• Stop the drug.|• Call a doctor.
Stop the drug!|Call a doctor.
Is it safe?|Yes, in most adults.
"Stop the drug."|The nurse agreed.
He said "stop."|Then he left.
“Do not use.”|This is bold.
Do not use (see Warnings).|Ask first.
Do not use.|(See Warnings.)
It works.[1]|It is cheap.[2,3]|[4–6] say so.
It works [1].|It is cheap.
Dr. Miller and Prof. Jones wrote it.|Mr. Smith read it.
J. A. Smith wrote it.|He was paid.
Smith, J. A. and others wrote it.
Use approx. 5 mL, i.e. 1 teaspoon.|Shake well.
Use analgesics, e.g. Examplamine, first.
Give max. 4 g a day.|Give less in the elderly.
The pH was 7.4.|The pCO2 was 40 mm Hg.
P was <0.05.|95% CI 1.2 to 3.4.
Plasma levels (Cmax 25.9 ng/mL) peaked at 4 h.|Steady state took 4 days.
Take at 8 a.m.|Then rest.
Serious reactions, incl. Death, occurred.
Store at 20 to 25 °C.|Protect from light.
St. John's wort lowers levels.|Avoid it.
Sold by Pfizer Ltd.|Made elsewhere.
No sentence ends here
"""


ROWS = [line.split("|") for line in CLINICAL.strip().splitlines()]


@pytest.mark.parametrize("parts", ROWS, ids=lambda parts: parts[0][:40])
def test_clinical_sentences(parts):
    block = " ".join(parts)
    assert [block[start:end] for start, end in sentences(block)] == parts


texts = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "e.g.",
                "E.",
                "5",
                "No.",
                "mg.",
                "U.S.",
                "The",
                "a",
                "1.",
                "?",
                "!",
                ".",
                "…",
                "•",
                "et al.",
            ]
        ),
        st.sampled_from([" ", "  ", "\n", "\t", " ", "\u00a0", "(", ")", "”", '"', "[1]"]),
        st.text(max_size=6),
    ),
    max_size=40,
).map("".join)


@given(texts)
def test_spans_are_in_order_and_lose_nothing(block):
    spans = [*sentences(block)]
    last = 0
    for start, end in spans:
        assert start < end
        assert block[last:start].strip() == ""
        assert block[start:end].rstrip() == block[start:end]
        last = end
    assert block[last:].strip() == ""
    rebuilt, last = "", 0
    for start, end in spans:
        rebuilt += block[last:start] + block[start:end]
        last = end
    assert rebuilt + block[last:] == block


@pytest.mark.parametrize(
    "hostile",
    ["a" * 60_000 + " b. C", "e.g. A" * 15_000, ". " * 30_000, '."' * 30_000, "(" * 60_000],
)
def test_hostile_blocks_are_cut_like_others(hostile):
    """Each of these took minutes when a stop looked back over the whole block."""
    spans = [*sentences(hostile)]
    assert spans[0][0] == 0
    assert spans[-1][1] == len(hostile.rstrip())


def test_nothing_gives_nothing():
    assert [*sentences("")] == [*sentences("  \n ")] == []
