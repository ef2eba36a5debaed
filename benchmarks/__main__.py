"""`python -m benchmarks [NAME]...`: run some benchmarks, or all, and print their ratios."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

NAMES = (
    "resolve",
    "deal",
    "plan",
    "batch",
    "point",
    "start",
    "memory",
    "boundaries",
    "funding",
    "joinup",
    "explorer",
)


def main(names: list[str]) -> int:
    """Run benchmarks by name; 0 whatever the ratios are, for they are figures and no test."""
    unknown = [name for name in names if name not in NAMES]
    if unknown:
        print(f"no benchmark is called {unknown[0]!r}; there are: {', '.join(NAMES)}", file=sys.stderr)
        return 2
    from benchmarks.rounds import table

    lines = [line for name in names or NAMES for line in import_module(f"benchmarks.{name}").run()]
    if lines:
        print(f"\n{table(lines)}")
    return 0


if __name__ == "__main__":
    # Plugins that are not installed but stand in the checkout are found beside it.
    sys.path.append(str(Path(__file__).parents[1] / "plugins"))
    raise SystemExit(main(sys.argv[1:]))
