"""Write the bill of materials that goes with the wheel, or with --check say whether it fits the lock file.

It names, in CycloneDX 1.6, every package that the program installs with all extras, as locked in requirements/dev.txt,
what asks for it, its license, and the works of others that the wheel contains. Packages of the plain installation are
required, all others optional.
"""

import json
import sys
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from cyclonedx.model import ExternalReference, ExternalReferenceType, XsUri
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentScope, ComponentType
from cyclonedx.model.license import LicenseExpression
from cyclonedx.output.json import JsonV1Dot6
from licenses import license_of, rules
from locks import Pin, pins_in
from needs import HERE, PROJECT, installed, requirements
from packageurl import PackageURL
from packaging.utils import canonicalize_name

LOCK = HERE / "requirements" / "dev.txt"
BILL = HERE / "requirements" / "impact.cdx.json"
BUNDLED = Path(__file__).parent / "bundled.toml"


def runtime(pins: Mapping[str, list[Pin]], extras: Iterable[str]) -> set[str]:
    """Return the names in a lock file that the program installs with these extras."""
    found = {canonicalize_name(requirement.name) for requirement in requirements(extras)}
    while further := {name for name, locked in pins.items() if any(pin.via & found for pin in locked)} - found:
        found |= further
    return found


def bill(pins: Mapping[str, list[Pin]], license_by_name: Mapping[str, str]) -> Bom:
    """Return the bill of materials; the same lock file and licenses give the same."""
    bom = Bom()
    bom.serial_number = bom.metadata.timestamp = None  # type: ignore[assignment]  # the same input gives the same bytes
    root = Component(
        name=PROJECT["name"],
        version=PROJECT["version"],
        type=ComponentType.APPLICATION,
        licenses=[LicenseExpression(PROJECT["license"])],
        bom_ref=PROJECT["name"],
        description=PROJECT["description"],
    )
    bom.metadata.component = root
    plain, names = runtime(pins, ()), runtime(pins, ["all"])
    by_name = {
        name: [_package(name, pin, license_by_name.get(name, ""), required=name in plain) for pin in pins[name]]
        for name in sorted(names & pins.keys())
    }
    for name, components in by_name.items():
        for pin, component in zip(pins[name], components, strict=True):
            bom.components.add(component)
            for asking in pin.via:
                for parent in [root] if asking == PROJECT["name"] else by_name.get(canonicalize_name(asking), ()):
                    bom.register_dependency(parent, [component])
    for model in _models():
        bom.components.add(model)
        bom.register_dependency(root, [model])
    return bom


def text_of(bom: Bom) -> str:
    """Return a bill of materials as JSON."""
    return JsonV1Dot6(bom).output_as_string(indent=1) + "\n"


def listed(text: str) -> set[tuple[str, str, str]]:
    """Return the components of a bill in JSON: name, version and scope."""
    content = json.loads(text)
    parts = [content["metadata"]["component"], *content["components"]]
    return {(part["name"], part.get("version", ""), part.get("scope", "")) for part in parts}


def _package(name: str, pin: Pin, license_name: str, *, required: bool) -> Component:
    purl = PackageURL("pypi", None, name, pin.version)
    return Component(
        name=name,
        version=pin.version,
        purl=purl,
        bom_ref=str(purl),
        scope=ComponentScope.REQUIRED if required else ComponentScope.OPTIONAL,
        licenses=[LicenseExpression(license_name)] if license_name else (),
    )


def _models() -> list[Component]:
    return [
        Component(
            name=model["name"],
            version=model.get("version"),
            type=ComponentType.MACHINE_LEARNING_MODEL,
            bom_ref=model["folder"],
            scope=ComponentScope.REQUIRED,
            licenses=[LicenseExpression(model["license"])],
            description=f"{model['description']} ({model['folder']})",
            external_references=[
                ExternalReference(type=ExternalReferenceType.DISTRIBUTION, url=XsUri(model["source"]))
            ],
        )
        for model in tomllib.loads(BUNDLED.read_text(encoding="utf-8"))["model"]
    ]


def main() -> None:
    """Write the bill, or check it."""
    known, packages = rules(), installed(requirements(["all"]))
    license_by_name = {name: license_of(name, found, known) for name, found in packages.items() if found}
    text = text_of(bill(pins_in(LOCK.read_text(encoding="utf-8")), license_by_name))
    if "--check" not in sys.argv:
        BILL.write_text(text, encoding="utf-8")
    elif different := listed(text) ^ listed(BILL.read_text(encoding="utf-8")):
        sys.exit(f"{BILL.name} does not fit the lock file ({sorted(different)[:3]}): run .ci/lock")
    print(f"{len(listed(text))} components in {BILL.relative_to(HERE)}")


if __name__ == "__main__":
    main()
