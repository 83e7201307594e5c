"""Points that a question turns on are data: each is asked for and met by its own words."""

import pytest

from loccit.retrieval.points import load_points


def test_each_point_has_its_own_name_and_is_found_by_its_own_search():
    points = load_points()
    assert len({point.name for point in points}) == len(points)
    for point in points:
        assert point.said.search(point.search), point.name


@pytest.mark.parametrize("point", load_points(), ids=lambda point: point.name)
def test_a_point_is_no_part_of_everyday_questions(point):
    assert not point.asked.search("What is the recommended dose in adults, and how often?")
