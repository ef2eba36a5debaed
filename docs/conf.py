"""How Sphinx makes pages of this folder."""

from importlib.metadata import version as installed

project = "devo"
copyright = "The devo contributors"
version = release = installed("devo")
language = "en-GB"

extensions = ["myst_parser"]
myst_heading_anchors = 3
exclude_patterns = ["changes/*", "examples/*", "**/.pytest_cache"]

html_theme = "furo"
html_title = "devo"
