"""The door for programs, tried with what its own description allows and with what it forbids."""

from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from impact.review.team import folders
from impact.review.values.folder import FolderDraft

pytestmark = pytest.mark.long

EXAMPLES = 4
CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)


@pytest.mark.parametrize("mode", ["POSITIVE", "NEGATIVE"])
def test_every_address_answers_as_it_is_described_and_never_with_an_error_of_the_server(
    team: Any, analyzed: Callable[..., Any], mode: str
) -> None:
    schemathesis = pytest.importorskip("schemathesis", reason="pip install schemathesis")
    checks = [getattr(schemathesis.checks, name) for name in CHECKS]
    one = analyzed(team, team.people["ada"], f"of schemas {mode}")
    folder = folders.create(team.state.store, team.people["ada"], FolderDraft(f"Of schemas {mode}"), team.state.now())
    own = {"proposal": one.id, "folder": folder.id}
    statuses: Counter[int] = Counter()
    with team.program("ada") as program:
        headers = {"Authorization": program.headers["authorization"]}
    schema = schemathesis.openapi.from_url(f"{team.url}/api/v1/openapi.json", headers=headers)
    for found in schema.get_all_operations():

        def attempt(case: Any) -> None:
            if case.operation.method.upper() != "DELETE":
                case.path_parameters.update({name: own[name] for name in case.path_parameters if name in own})
            response = case.call(headers=headers, timeout=120)
            statuses[response.status_code] += 1
            case.validate_response(response, checks=checks)

        strategy = found.ok().as_strategy(generation_mode=schemathesis.GenerationMode[mode])
        bounds = settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            derandomize=True,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        )
        try:
            bounds(given(strategy)(attempt))()
        except schemathesis.errors.InvalidSchema:  # nothing that this address forbids can be made
            continue
    assert sum(statuses.values()) > 40
    assert statuses[500] == 0
