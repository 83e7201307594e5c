"""Pictures: what is drawn is what the sources say, and stands beside as a table."""

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from math import inf

import pytest
from articles import article, card, citation, statement
from html_page import HtmlPage
from hypothesis import given
from hypothesis import strategies as st

from loccit.publication import as_html
from loccit.publication.laying_out import lay_out
from loccit.publication.pictured import editions_drawn, illustrated
from loccit.publication.pictures import (
    Band,
    Dot,
    SideMark,
    bands_picture,
    by_year_picture,
    sides_picture,
)
from loccit.publication.pictures.axis import axis_of
from loccit.publication.pictures.picture import WIDTH
from loccit.publication.static_files import style_sheet
from loccit.publication.words import load_words
from loccit.terms import (
    ArticleSection,
    ConflictPanel,
    DocumentId,
    Reference,
    SourceKind,
    Standing,
    StatementKind,
    Verdict,
)

COLUMNS = ("Source", "Kind", "Year")


class Shapes(HTMLParser):
    """The elements of an SVG with their attributes."""

    def __init__(self, svg):
        super().__init__()
        self.found = []
        self.feed(str(svg))

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def all(self, tag, kind=""):
        return [a for t, a in self.found if t == tag and kind in (a.get("class") or "")]


def page_of(answer):
    return illustrated(lay_out(answer), answer)


def dots(*years, kind="label"):
    return [Dot(number=n, kind=kind, year=year, is_current=True) for n, year in enumerate(years, 1)]


def test_each_source_is_a_dot_in_the_order_of_its_year():
    picture = by_year_picture(dots(2024, 2011, 2017), title="t", columns=COLUMNS)
    found = Shapes(picture.svg).all("circle", "dot")
    places = [float(each["cx"]) for each in found]
    assert places == sorted(places)
    assert picture.rows == (("2", "label", "2011"), ("3", "label", "2017"), ("1", "label", "2024"))


@given(st.lists(st.integers(1970, 2030), min_size=3, max_size=60))
def test_a_dot_stands_at_its_year_and_hides_no_other(years):
    picture = by_year_picture(dots(*years), title="t", columns=COLUMNS)
    if picture is None:
        assert len(set(years)) == 1
        return
    found = [
        (float(c["cx"]), float(c["cy"]), float(c["r"])) for c in Shapes(picture.svg).all("circle")
    ]
    first, last = min(years), max(years)
    scale = (found[0][0], max(x for x, _, _ in found))
    for (x, _, _), row in zip(sorted(found), sorted(years), strict=True):
        share = (row - first) / (last - first)
        assert x == pytest.approx(scale[0] + share * (scale[1] - scale[0]), abs=0.2)
    for n, (x, y, r) in enumerate(found):
        assert all(abs(x - x2) + 0.2 >= r or abs(y - y2) + 0.2 >= r for x2, y2, _ in found[:n])
        assert 0 <= x <= WIDTH


@pytest.mark.parametrize("years", [(2020, 2021), (2020, 2020, 2020)])
def test_no_picture_says_less_than_its_list(years):
    assert by_year_picture(dots(*years), title="t", columns=COLUMNS) is None


def band(number, low, high):
    return Band(number=number, said=f"{low} to {high}", low=low, high=high, words="w")


def test_a_band_reaches_from_its_lower_to_its_upper_end():
    picture = bands_picture(
        [band(1, 30, 60), band(2, 0, 30), band(3, 60, inf)], title="t", unit="u", columns=COLUMNS
    )
    bars = [
        (float(r["x"]), float(r["x"]) + float(r["width"])) for r in Shapes(picture.svg).all("rect")
    ]
    assert [row[0] for row in picture.rows] == ["3", "1", "2"]
    highest, middle, lowest = bars
    assert highest[0] == pytest.approx(middle[1], abs=0.2)
    assert middle[0] == pytest.approx(lowest[1], abs=0.2)
    assert highest[1] <= WIDTH


def test_one_band_is_no_picture():
    assert bands_picture([band(1, 0, 30)] * 2, title="t", unit="u", columns=COLUMNS) is None


def dose(text, **changes):
    cites = (citation(text),)
    return statement(text, citations=cites, kind=StatementKind.DOSE_ADJUSTMENT, **changes)


RENAL = (
    dose("At creatinine clearance above 30 to 59 mL/min the dose is 200 mg."),
    dose("With creatinine clearance below 30 mL/min the dose is 100 mg."),
)


def with_doses(*statements, **changes):
    told = tuple(replace(each, id=f"d{number}") for number, each in enumerate(statements))
    section = ArticleSection(kind="dose", heading="Dose", statements=told)
    return article(sections=(section,), **changes)


def test_doses_of_a_label_are_drawn_with_the_words_of_the_source():
    drawn = page_of(with_doses(*RENAL)).doses
    assert [row[1:] for row in drawn.rows] == [
        ("above 30 to 59 mL/min", RENAL[0].text),
        ("below 30 mL/min", RENAL[1].text),
    ]
    first, second = Shapes(drawn.svg).all("rect", "band")
    assert float(second["x"]) + float(second["width"]) == pytest.approx(float(first["x"]), abs=0.2)


def test_a_doubted_dose_and_one_of_no_label_are_not_drawn():
    doubted = dose(RENAL[1].text, verdict=Verdict.PARTLY)
    assert page_of(with_doses(RENAL[0], doubted)).doses is None
    trial = (Reference(number=1, card=card(kind=SourceKind.TRIAL)),)
    assert page_of(with_doses(*RENAL, references=trial)).doses is None


def test_two_sides_stand_at_the_amounts_they_name():
    (conflict,) = page_of(article()).conflicts
    assert conflict.picture is None or conflict.picture.rows
    panel = ConflictPanel(
        point="How long", by="longest",
        sides=(statement("Use it for up to 3 weeks."), statement("Use it for up to 6 weeks.", 2)),
    )  # fmt: skip
    (drawn,) = page_of(article(conflicts=(panel,))).conflicts
    assert drawn.picture.rows == (
        ("Example Works, 2023", "up to 3 weeks"),
        ("Example Society, 2017", "up to 6 weeks"),
    )
    one, other = Shapes(drawn.picture.svg).all("rect", "side")
    assert float(other["width"]) == pytest.approx(2 * float(one["width"]), abs=0.2)


def test_sides_that_differ_in_direction_stand_at_their_years():
    (drawn,) = page_of(article()).conflicts
    assert drawn.picture.rows == (
        ("Example Works, 2023", "2023"),
        ("Example Society, 2017", "2017"),
    )


def test_sides_at_one_place_are_no_picture():
    same = [SideMark(issuer=name, said="2020", low=2020, high=2020) for name in ("a", "b")]
    assert sides_picture(same, title="t", unit="", columns=("a", "b")) is None


def test_editions_stand_on_a_line_of_time_and_the_one_shown_is_larger():
    cards = [
        card("old", effective_on=date(2019, 1, 1), standing=Standing.SUPERSEDED, version="1"),
        card("new", effective_on=date(2023, 6, 1), version="2"),
    ]
    drawn = editions_drawn(cards, DocumentId("new"), load_words())
    old, new = Shapes(drawn.svg).all("circle", "dot")
    assert float(old["cx"]) < float(new["cx"])
    assert float(old["r"]) < float(new["r"])
    assert "poor" in old["class"]
    assert drawn.rows[0] == ("2019-01-01", "1", "superseded")
    assert editions_drawn(cards[:1], DocumentId("new"), load_words()) is None


def test_a_picture_has_a_name_a_table_and_no_style_of_its_own():
    html = as_html(with_doses(*RENAL))
    page = HtmlPage(html)
    drawn = page.all("svg")
    assert all(each.attributes["role"] == "img" for each in drawn)
    assert any("Doses by kidney function" in each.attributes["aria-label"] for each in drawn)
    assert not re.search(r"<svg[^>]*style=|<(?:rect|line|circle|text)[^>]*(?:style|fill)=", html)
    assert any(RENAL[0].text in each.text for each in page.all("figure"))


def test_every_class_of_a_picture_has_a_colour():
    svg = str(by_year_picture(dots(2020, 2021, 2022), title="t", columns=COLUMNS).svg)
    for name in set(re.findall(r'class="([\w-]+)"', svg)):
        assert f".{name}" in style_sheet(), name


@given(st.lists(st.floats(0, 5000), min_size=1, max_size=9))
def test_an_axis_holds_all_its_values_between_round_marks(values):
    axis = axis_of(values, left=0, right=100)
    assert axis.low <= min(values)
    assert axis.high >= max(values)
    assert 2 <= len(axis.marks) <= 8
    assert all(0 <= axis.at(value) <= 100 for value in values)


def test_words_of_a_source_stay_words_in_a_picture():
    hostile = [Dot(number=n, kind="<script>", year=2000 + n, is_current=True) for n in range(3)]
    svg = str(by_year_picture(hostile, title='"><script>', columns=COLUMNS).svg)
    assert "<script" not in svg
