"""Known vulnerabilities of the pinned versions, by a copy of a database of advisories; needs no network.

    git clone https://github.com/pypa/advisory-database
    uv run --no-project --with packaging --with pyyaml python .ci/advisories.py advisory-database/vulns

The folder is read as it is, so that the verdict is as old as the copy. Advisories are in the OSV format
(https://ossf.github.io/osv-schema/). The exit code is 1 if a pinned version is among those affected.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

PINS = Path(__file__).resolve().parent.parent / "constraints.txt"


def pinned() -> Iterator[tuple[str, str]]:
    """Every package and version that is pinned, on any machine."""
    for line in PINS.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            found = Requirement(line)
            yield canonicalize_name(found.name), next(iter(found.specifier)).version


def is_affected(version: str, affected: dict[str, Any]) -> bool:
    """Whether a version is among those that an advisory lists, or lies in one of its ranges."""
    listed = version in affected.get("versions", ())
    return listed or any(_lies_in(Version(version), events) for events in _ranges(affected))


def _ranges(affected: dict[str, Any]) -> Iterator[list[dict[str, str]]]:
    """The ranges of versions; others are of commits."""
    yield from (span["events"] for span in affected.get("ranges", ()) if span["type"] == "ECOSYSTEM")


def _lies_in(version: Version, events: list[dict[str, str]]) -> bool:
    inside = False
    for event in events:
        (what, at), *_ = event.items()
        if what == "introduced" and version >= Version(at):
            inside = True
        elif (what == "fixed" and version >= Version(at)) or (
            what == "last_affected" and version > Version(at)
        ):
            inside = False
    return inside


def known(folder: Path, name: str) -> list[dict[str, Any]]:
    """The advisories about a package that were not withdrawn."""
    read = (yaml.safe_load(path.read_text("utf-8")) for path in sorted((folder / name).glob("*.yaml")))
    return [advisory for advisory in read if not advisory.get("withdrawn")]


def main(folder: Path) -> int:
    """Say what is known of each pinned version."""
    pins = sorted(pinned())
    looked_at = 0
    lines = []
    for name, version in pins:
        advisories = known(folder, name)
        looked_at += len(advisories)
        for advisory in advisories:
            if any(is_affected(version, item) for item in advisory["affected"]):
                events = [e for item in advisory["affected"] for span in _ranges(item) for e in span]
                mended = ", ".join(event["fixed"] for event in events if "fixed" in event)
                lines.append(f"{name} {version}: {advisory['id']}, mended in {mended or 'no version'}\n")
    if not looked_at:
        sys.exit(f"{folder} has nothing about any pinned package; name the folder with one for each package")
    lines.append(f"{len(pins)} pins, {looked_at} advisories about them, {len(lines)} of a pinned version\n")
    sys.stdout.writelines(lines)
    return 1 if len(lines) > 1 else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1])))
