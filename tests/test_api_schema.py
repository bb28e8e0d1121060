"""The description of the API: made without a warning, and the same names in either language."""

import pytest
from django.utils import translation
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator

METHODS = {"get", "post", "put", "patch", "delete"}


@pytest.fixture(scope="module")
def schemas():
    found = {}
    for language in ("zh-hans", "en"):
        GENERATOR_STATS.reset()
        with translation.override(language), GENERATOR_STATS.silence():
            found[language] = SchemaGenerator().get_schema(request=None, public=True)
        found[f"{language} warned"] = [*GENERATOR_STATS._warn_cache, *GENERATOR_STATS._error_cache]
    return found


def test_the_schema_is_made_without_a_warning(schemas):
    assert (schemas["zh-hans warned"], schemas["en warned"]) == ([], [])


def test_names_do_not_depend_on_the_language(schemas):
    assert sorted(schemas["zh-hans"]["components"]["schemas"]) == sorted(
        schemas["en"]["components"]["schemas"]
    )


def test_every_step_of_a_case_and_a_clock_stands_in_it(schemas):
    paths = schemas["en"]["paths"]
    steps = {
        "/api/v1/cases/{id}/": ("begin", "decide", "close", "reopen", "edit", "restrict", "lift"),
        "/api/v1/strands/{id}/": (
            "assign", "file", "decline", "verify-again", "investigate", "suspend", "resume", "decide", "redo", "perform",
            "terminate", "withdraw",
        ),
        "/api/v1/cases/{case_pk}/": ("strands", "evidence", "money", "notes", "people"),
        "/api/v1/evidence/{id}/": ("download", "void"),
        "/api/v1/money/{id}/": ("reverse",),
        "/api/v1/named/{id}/": ("end",),
        "/api/v1/subjects/{id}/": ("edit",),
        "/api/v1/deadlines/{id}/": ("extend", "reason", "reassign"),
        "/api/v1/calendar/{id}/": ("edit",),
        "/api/v1/clock-rules/{code}/": ("edit",),
    }  # fmt: skip
    missing = [
        f"{root}{step}/"
        for root, names in steps.items()
        for step in names
        if "post" not in paths[f"{root}{step}/"]
    ]
    assert not missing
    body = paths["/api/v1/strands/{id}/decide/"]["post"]["requestBody"]["content"]["application/json"][
        "schema"
    ]
    asked = schemas["en"]["components"]["schemas"][body["$ref"].rpartition("/")[2]]
    assert {"findings", "disposition", "basis"} <= set(asked["required"])
    assert "decision_number" not in asked["required"]
    every = [call for path in paths.values() for method, call in path.items() if method in METHODS]
    assert all("operationId" in call for call in every)
