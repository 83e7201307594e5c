"""The OpenAPI document says what is given: held against real answers and against random requests."""

import json

import pytest
import schemathesis
from desk_client import Everybody, House, draft
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance
from site_client import site

from loccit.delivery.web import Settings, create_app
from loccit.delivery.web.api.answers import ArticleOut
from loccit.delivery.web.api.lists import ReportOut
from loccit.publication import as_json
from loccit.publication.reports import as_json as report_json
from loccit.terms import Audience
from loccit.testing import small_article

EXAMPLES = 20
"""Requests for each address: some seconds in all. The seed is fixed, so that a failure comes again."""


def random_site():
    """A house with articles kept, in review and approved, where every request is a reviewer's."""
    house = House()
    for number in range(2):
        house.kept(small_article(f"Question {number}?"), listed=True)
    house.in_review(draft(title="Another"))
    pages = create_app(
        lambda: house.engine,
        articles_kept=lambda: house.articles,
        admission=lambda: Everybody(house.ledgers),
        editorial=lambda: house.editorial,
        hosts=("*",),
        settings=Settings(asks_a_minute=0, reads_a_minute=0),
    )

    async def signed_in(scope, receive, send):
        if scope["type"] == "http":
            session = (b"cookie", b"loccit_session=rut")
            scope = {**scope, "headers": [*scope["headers"], session]}
        await pages(scope, receive, send)

    return signed_in


schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", random_site())


@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
def test_no_request_breaks_the_server_or_the_schema(case):
    """What follows the schema and yet means nothing, such as an unknown fact, is refused with 400.

    All other checks of the tool hold: status, type and body of each answer are as told, what
    breaks the schema is refused, and there is no 5xx.
    """
    case.call_and_validate(excluded_checks=[positive_data_acceptance])


@pytest.mark.parametrize("audience", list(Audience))
def test_real_articles_have_the_shape_that_is_told(starter_engine, audience):
    for text in (
        "Can a 71-year-old with cirrhosis take cyclobenzaprine with sertraline?",
        "What is the dose of metformin?",
    ):
        answer = starter_engine.ask(text, audience=audience)
        ArticleOut.model_validate(json.loads(as_json(answer)))


def test_a_real_report_has_the_shape_that_is_told(starter_engine):
    from loccit.delivery.web.routes.checking import checked_text

    text = "Cyclobenzaprine is limited to short courses of up to 6 weeks. Thank you."
    ReportOut.model_validate(json.loads(report_json(checked_text(starter_engine, text))))


def test_every_address_of_the_api_is_told_with_its_errors():
    with site() as web:
        told = web.get("/api/v1/openapi.json").json()
    assert set(told["paths"]) == {
        "/api/v1/ask",
        "/api/v1/check",
        "/api/v1/articles",
        "/api/v1/articles/{article}",
        "/api/v1/articles/{article}/editions",
        "/api/v1/articles/{article}/editions/{number}",
        "/api/v1/review",
        "/api/v1/review/{article}",
        "/api/v1/review/{article}/decisions",
        "/api/v1/review/{article}/differences",
        "/api/v1/review/{article}/passages",
        "/api/v1/submissions",
        "/api/v1/sources",
        "/api/v1/sources/{document}",
        "/api/v1/passages/{passage}",
        "/healthz",
    }
    for path in told["paths"].values():
        for operation in path.values():
            assert operation["operationId"]
            assert operation["responses"]["200"]["content"]["application/json"]["schema"]
            problem = operation["responses"]["429"]["content"]["application/problem+json"]
            assert "code" in json.dumps(problem)
