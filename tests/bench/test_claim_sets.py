"""Converters of the public claim sets, on records written for these tests."""

import claim_sets


def annotation(**changed):
    record = {
        "prompt_id": "1", "pmcid": "PMC1", "outcome": "pain", "intervention": "drug A",
        "comparator": "placebo", "label": "significantly decreased", "valid_label": True,
        "valid_reasoning": True, "known_bad": False, "start": 3, "evidence": "Pain fell with A.",
    }  # fmt: skip
    return record | changed


def test_an_annotation_gives_two_true_statements_and_two_that_deny_it():
    rows = list(claim_sets.trial_directions([annotation()], []))
    assert [row.label for row in rows] == ["SUPPORT", "SUPPORT", "CONTRADICT", "CONTRADICT"]
    assert len({row.claim for row in rows}) == 4
    assert all("rug A" in row.claim and "placebo" in row.claim for row in rows)
    assert {row.split for row in rows} in ({"dev"}, {"held_out"})


def test_annotations_marked_invalid_or_at_odds_are_left_out():
    at_odds = [annotation(), annotation(label="significantly increased", start=9)]
    assert list(claim_sets.trial_directions(at_odds, [])) == []
    assert list(claim_sets.trial_directions([annotation(valid_label=False)], [])) == []


def test_the_same_span_is_used_once():
    assert len(list(claim_sets.trial_directions([annotation(), annotation()], []))) == 4


def test_a_comparison_of_trials_brings_lines_of_both():
    trials = [
        {"Clinical Trial ID": "N1", "Results": ["Slept: 3", "Woke: 4"]},
        {"Clinical Trial ID": "N2", "Results": ["Slept: 5", "Woke: 6"]},
    ]
    statement = {
        "id": "s", "Section_id": "Results", "Primary_id": "N1", "Secondary_id": "N2",
        "Statement": "More slept in the secondary trial.", "Label": "Entailment",
        "Primary_evidence_index": [0], "Secondary_evidence_index": [0],
    }  # fmt: skip
    gold, section = claim_sets.nli4ct([statement], trials)
    assert gold.evidence == "Primary trial:\nSlept: 3\nSecondary trial:\nSlept: 5"
    assert "Woke: 6" in section.evidence
    assert (gold.kind, section.kind) == ("nli4ct_gold", "nli4ct_section")
    assert gold.label == "SUPPORT"


def test_signs_read_in_the_wrong_encoding_are_mended():
    twice = "³".encode().decode("mac_roman").encode().decode("mac_roman")
    assert claim_sets.mended(f"over 100/mm{twice} of it") == "over 100/mm³ of it"
    assert claim_sets.mended("a β-blocker ≥ 5") == "a β-blocker ≥ 5"


def test_healthver_labels_are_ours():
    record = {"id": "1", "claim": "A helps. ", "evidence": "It does not.", "label": "Refutes"}
    (row,) = claim_sets.healthver([record])
    assert (row.claim, row.label, row.kind) == ("A helps.", "CONTRADICT", "healthver")
