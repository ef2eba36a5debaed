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
html_static_path = ["style"]
html_css_files = ["page.css"]
# A block that names no language is not guessed to be Python.
highlight_language = "text"
