"""What the parts of the explorer say to each other. Workers send these and never touch a widget."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from textual.message import Message


@dataclass
class DayChosen(Message):
    """Somebody wants to look at another day."""

    day: date


@dataclass
class Ready(Message):
    """A worker has what a part of the screen waits for: `about` says which part, `asked` what was asked."""

    about: str
    asked: Any
    value: Any


@dataclass
class Failed(Message):
    """A worker could not get what a part of the screen waits for: why, in words."""

    about: str
    asked: Any
    why: str
