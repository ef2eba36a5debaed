"""Every input file to values: the only package that opens what people write.

A fault is a value with its file, line and suggestion, and all of them are gathered before any is
shown. Nothing read here is ever run: TOML and CSV are data.
"""

from devo.files.reading import Unreadable as Unreadable
