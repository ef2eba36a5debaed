# The daily commands. `just` alone runs what a commit has to pass.

default: check

# Lint, types, imports and tests
check: lint types imports test

# The tests; `just test -m nightly` for the long ones
test *args:
    uv run pytest {{ args }}

# Style, without changing anything
lint:
    uv run ruff check
    uv run ruff format --check

# Style, mended
fix:
    uv run ruff check --fix
    uv run ruff format

types:
    uv run mypy

# The layers of docs/contributing.md
imports:
    uv run lint-imports --no-logo

# Every shipped scenario, or the ones named
run *paths="scenarios":
    uv run devo run {{ paths }}

# The pages as a website that needs no network, in build/docs
docs:
    uv run --group docs sphinx-build -q -W --keep-going docs build/docs

# The explorer's pictures in the pages, drawn anew; look at them
pictures *names:
    uv run python docs/pictures.py {{ names }}

# The newest versions that the ranges allow, into constraints.txt and pyproject.toml
pins:
    uv run --no-project python .ci/pins.py

# Licences of what is installed, then known vulnerabilities of the pinned versions (needs the network; a package that it
# cannot answer for fails the recipe)
audit:
    uv run devo doctor --licences
    uvx pip-audit --strict --no-deps --disable-pip -r constraints.txt

# Known vulnerabilities by a copy of https://github.com/pypa/advisory-database, where there is no network
audit-offline advisories:
    uv run --no-project --with packaging --with pyyaml python .ci/advisories.py {{ advisories }}
