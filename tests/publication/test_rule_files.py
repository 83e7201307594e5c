from loccit.publication.about_pages import policy_sections
from loccit.publication.rule_files import rule_files

OF_OTHERS = {"backends/models.toml"}
"""Models of others: each names its publisher."""


def test_each_file_of_rules_has_an_owner():
    from importlib.resources import files
    from pathlib import Path

    root = Path(str(files("loccit")))
    named = {each.name for each in rule_files()}
    for path in root.rglob("*.toml"):
        name = path.relative_to(root).as_posix()
        assert name in named | OF_OTHERS or name.startswith("packs/"), name


def test_owners_are_names_and_dates_are_days():
    for each in rule_files():
        assert each.owner.startswith("Loccit "), each
        assert len(each.owner) < 60, each
        assert not each.dated or len(each.dated) == 10


def test_the_policy_names_nothing_that_it_is_not_told():
    import pytest

    from loccit.terms import DataFileError

    chosen = {"browse": "library", "watched": "never", "outbound": "nothing", "watch_hours": "0"}
    with pytest.raises(DataFileError, match="documents"):
        policy_sections(chosen)
    for name in ("browse", "watched", "outbound"):
        with pytest.raises(DataFileError, match=name):
            policy_sections({each: chosen[each] for each in chosen if each != name})
