"""The bill of materials is valid CycloneDX, names what is locked, and goes with the wheel."""

import json
import tomllib

import bom
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from locks import pins_in

DIGEST = f"    --hash=sha256:{'0' * 64}"
LOCK = f"""click==8.5 \\
{DIGEST}
    # via impact-rights (pyproject.toml)
pandas==3.0 \\
{DIGEST}
    # via impact-rights (pyproject.toml)
quay==1.0 \\
{DIGEST}
    # via pandas
ruff==0.17 \\
{DIGEST}
    # via impact-rights (pyproject.toml)
"""


def written(lock: str = LOCK) -> dict[str, object]:
    content: dict[str, object] = json.loads(bom.text_of(bom.bill(pins_in(lock), {"quay": "MIT"})))
    return content


def test_our_bill_is_valid_cyclonedx() -> None:
    text = bom.BILL.read_text()

    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None


def test_it_names_packages_of_the_program_and_models_but_no_tools() -> None:
    names = {part["name"] for part in written()["components"]}

    assert names == {"all-MiniLM-L6-v2", "all-mpnet-base-v2", "en_core_web_sm", "click", "pandas", "quay"}


def test_packages_of_extras_are_optional() -> None:
    scopes = {part["name"]: part["scope"] for part in written()["components"]}

    assert (scopes["click"], scopes["pandas"], scopes["quay"]) == ("required", "optional", "optional")


def test_it_states_license_and_what_asks_for_a_package() -> None:
    content = written()
    quay = next(part for part in content["components"] if part["name"] == "quay")
    asking = [link["ref"] for link in content["dependencies"] if quay["bom-ref"] in link.get("dependsOn", ())]

    assert quay["licenses"] == [{"expression": "MIT"}]
    assert asking == ["pkg:pypi/pandas@3.0"]


def test_the_same_lock_file_gives_the_same_bytes() -> None:
    assert bom.text_of(bom.bill(pins_in(LOCK), {})) == bom.text_of(bom.bill(pins_in(LOCK), {}))


def test_a_bill_of_another_lock_file_is_known_as_such() -> None:
    ours, other = (bom.text_of(bom.bill(pins_in(lock), {})) for lock in (LOCK, LOCK.replace("quay==1.0", "quay==1.1")))

    assert bom.listed(ours) ^ bom.listed(other) == {("quay", "1.0", "optional"), ("quay", "1.1", "optional")}


def test_the_wheel_takes_it_along() -> None:
    wheel = tomllib.loads((bom.HERE / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]

    assert [bom.HERE / name for name in wheel["sbom-files"]] == [bom.BILL]
