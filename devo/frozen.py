"""Frozen dataclasses that cost little to define: `dataclass` as the standard library's, for start-up.

The standard decorator writes and compiles six functions for every class; with fifty classes that
was a third of the time of a command. Here one function is compiled a class, and only when its first
object is made; all the others are shared. The classes are dataclasses like any: `fields`, `replace`,
`is_dataclass`, equality, hashing and pickling are as usual.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import MISSING, FrozenInstanceError
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

__all__ = ["dataclass"]

Kind = TypeVar("Kind", bound=type)

if TYPE_CHECKING:
    # To type checkers it is the standard one.
    from dataclasses import dataclass
else:

    def dataclass(*, frozen: bool, slots: bool, eq: bool = True) -> Callable[[Kind], Kind]:
        """A decorator for a frozen class with slots; both must be said, as to the standard one."""
        if not (frozen and slots):
            raise TypeError("only frozen classes with slots; for others take the standard dataclass")

        def made(kind: Kind) -> Kind:
            plain: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(kind)
            plain.__dataclass_params__.frozen = True
            names = tuple(plain.__dataclass_fields__)
            plain.__init__ = _first_init(plain)
            plain.__signature__ = _Signature()
            plain.__repr__ = _repr
            plain.__setattr__ = plain.__delattr__ = _refuse
            plain.__reduce__ = _reduce
            if eq:
                plain.__eq__, plain.__hash__ = _compared_by(attrgetter(*names))
            return plain  # type: ignore[no-any-return]

        return made


def _first_init(kind: Any) -> Callable[..., None]:
    """An `__init__` that, at the first object, compiles the real one and takes its place."""

    def __init__(self: Any, *args: Any, **given: Any) -> None:
        kind.__init__ = _compiled_init(kind)
        kind.__init__(self, *args, **given)

    return __init__


def _compiled_init(kind: Any) -> Callable[..., None]:
    known: dict[str, Any] = {}
    terms, body = ["self"], []
    for number, item in enumerate(dataclasses.fields(kind)):
        known[f"set{number}"] = getattr(kind, item.name).__set__
        value = item.name
        if item.default is not MISSING:
            known[f"default{number}"] = item.default
            terms.append(f"{item.name}=default{number}")
        elif item.default_factory is not MISSING:
            known[f"make{number}"], known["missing"] = item.default_factory, MISSING
            terms.append(f"{item.name}=missing")
            value = f"make{number}() if {item.name} is missing else {item.name}"
        else:
            terms.append(item.name)
        body.append(f"    set{number}(self, {value})")
    exec("\n".join([f"def __init__({', '.join(terms)}):", *body]), known)
    return known["__init__"]  # type: ignore[no-any-return]


def _repr(self: Any) -> str:
    said = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.__dataclass_fields__)
    return f"{type(self).__qualname__}({said})"


def _compared_by(values: Callable[[Any], Any]) -> tuple[Callable[[Any, object], Any], Callable[[Any], int]]:
    def __eq__(self: Any, other: object) -> Any:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    def __hash__(self: Any) -> int:
        return hash(values(self))

    return __eq__, __hash__


def _refuse(self: Any, name: str, value: Any = None) -> None:
    raise FrozenInstanceError(f"cannot assign to or delete field {name!r}")


def _reduce(self: Any) -> tuple[Any, ...]:
    return type(self), tuple(getattr(self, name) for name in self.__dataclass_fields__)


class _Signature:
    """What `inspect` and `help` show of a class whose `__init__` is not compiled yet."""

    def __get__(self, one: Any, kind: Any) -> Any:
        from inspect import Parameter, Signature

        return Signature(
            [
                Parameter(
                    item.name,
                    Parameter.POSITIONAL_OR_KEYWORD,
                    default=_default(item),
                    annotation=item.type,
                )
                for item in dataclasses.fields(kind)
            ]
        )


def _default(item: Any) -> Any:
    from inspect import Parameter

    if item.default_factory is not MISSING:
        return ...
    return Parameter.empty if item.default is MISSING else item.default
