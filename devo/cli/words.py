"""How a value reads on the command line: as everywhere, see devo.words."""

from devo.words import cell, count, day, heading, mode, pounds, several, share

__all__ = ["cell", "count", "day", "heading", "mode", "pounds", "several", "share"]
