"""Money as records: pots, the amounts in them, how they are divided, what later changes them.

All are flat and refer by id. Amounts are whole pence. A *body* that pays or is paid is a body's id;
a class (`every:icb`) where a pot is paid to each of a kind and the division is not known; or one of
the words of OUTSIDE, for those who are no public body of the model.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from devo import AreaCode, Areas, Confidence, InstrumentId, Pence, PowerId, Ref

# Those who pay or are paid and are no body of the model.
OUTSIDE: Mapping[str, str] = {
    "council-taxpayers": "Council taxpayers",
    "business-ratepayers": "Business ratepayers",
    "parish-councils": "Parish and town councils",
    "providers": "Providers of services",
}

PotId = Annotated[str, Ref("pot")]
Party = str

Kind = Literal[
    "council-tax",
    "precept",
    "parish-precept",
    "levy",
    "retained-rates",
    "ring-fenced-grant",
    "grant",
    "integrated-settlement",
    "investment-fund",
    "nhs-allocation",
    "pay-by-results",
    "pooled",
    "loan",
    "service-spending",
]
Nature = Literal["revenue", "capital", "mixed"]
# How money is come by; blank where no source says.
Award = Literal["", "formula", "competed", "negotiated", "set locally", "by results"]
# Who is said to decide what money is spent on; blank where it is read from its strings and its payee.
DecidedBy = Literal[
    "", "ministers", "mayor", "combined authority", "council", "NHS", "police", "fire", "parish", "other"
]


@dataclass(frozen=True, slots=True)
class Pot:
    """Money under one name with one set of strings, from a payer to a payee.

    `name` is as published. `ringfenced` money may be spent on the stated purpose alone. `counts` is
    no for a stated total whose lines are pots of their own, for lines of a total that counts, and for
    what another pot already contains: it is shown with its body's pots and never added up. `out_of`
    names the pot that the money was first received in: it is then passed on, not new. `was` is the
    kind the money had before it joined its whole (`part_of`). `reporting` says to whom an account is
    due, and of what. `first_year` and `last_year` are the fiscal years it is promised for.
    """

    id: str
    name: str
    payer: Party
    payee: Party
    kind: Kind
    powers: tuple[PowerId, ...] = ()
    ringfenced: bool = False
    nature: Nature = "mixed"
    award: Award = ""
    first_year: str = ""
    last_year: str = ""
    review_years: int = 0
    reporting: str = ""
    area: Areas = ""
    part_of: PotId = ""
    out_of: PotId = ""
    counts: bool = True
    was: Literal["", "grant", "ring-fenced-grant"] = ""
    decided_by: DecidedBy = ""
    provision: str = ""
    instrument: InstrumentId = ""
    note: str = ""
    source: str = ""
    confidence: Confidence = "known"


@dataclass(frozen=True, slots=True)
class Amount:
    """How much is in a pot, for a fiscal year (`year`) or over a period (`start` up to, not on, `end`).

    `payee` is the body this part is paid to, by default the pot's own; `area` the place it is for. A
    total over more than a fiscal year is divided between years by days, by months or alike (`split`);
    a `per-year` amount is that much for every year of its period. `less` names pots that state part
    of the total by themselves. `prices` says *cash* or the fiscal year of constant prices (`2020-21`),
    with the `deflator` named: where the tables have its figures the amount counts in each year's cash.
    `spread` is how far the figure may be out, as a distribution it is multiplied by.
    """

    pot: PotId
    pence: Pence
    year: str = ""
    start: date | None = None
    end: date | None = None
    basis: Literal["total", "per-year"] = "total"
    split: Literal["days", "months", "years"] = "days"
    payee: Party = ""
    area: Areas = ""
    less: tuple[PotId, ...] = ()
    repayment: bool = False
    prices: str = "cash"
    deflator: str = ""
    spread: str = ""
    provision: str = ""
    note: str = ""
    source: str = ""
    confidence: Confidence = "known"


@dataclass(frozen=True, slots=True)
class Share:
    """How money of a pot is divided once it has reached a body (`giver`, by default each whom the pot pays).

    With `to`, a part (`rate`, 0 to 1) is passed on to another body; what no share names is kept. Shares
    of one giver that have a `weight` and no rate divide all it gets by their weights. Where `to` is a
    class (`every:icb`) the part goes to its members by a measure of where each serves (`by`):
    residents, or one that stands for need, as `age_65_over` does. `spread` is how far the part may be out.
    With `area`, it says where the money falls or was raised, by `weight`; where there is none of
    these it falls by residents of the area that the body answers for.
    """

    pot: PotId
    giver: Party = ""
    to: Party = ""
    rate: float = 0.0
    by: str = "residents"
    area: AreaCode = ""
    weight: int = 0
    start: date | None = None
    end: date | None = None
    spread: str = ""
    provision: str = ""
    source: str = ""
    confidence: Confidence = "known"


@dataclass(frozen=True, slots=True)
class Adjustment:
    """What a provision does to a pot from a day on; later ones act on what earlier ones left.

    `payee`: it is paid to somebody else. `times`: multiplied by `rate`. `minus`: less `pence` a year.
    `ringfence` and `unringfence`: its purpose is fixed, or no longer. `pooled`: its money is in the
    pot `value` from then on. `decider`: `value` decides on it. With a `payee` or an `area` it is done only to
    what is paid to that body by then, or for that area. `spread` is how far what `times` adds or takes
    may be out: a rise of two per cent with `uniform 0.5 1.5` is one of between one and three.
    """

    pot: PotId
    what: Literal["payee", "times", "minus", "ringfence", "unringfence", "pooled", "decider"]
    start: date
    value: str = ""
    rate: float = 1.0
    pence: Pence = 0
    payee: Party = ""
    area: Areas = ""
    spread: str = ""
    provision: str = ""
    source: str = ""
    confidence: Confidence = "known"


@dataclass(frozen=True, slots=True)
class Service:
    """A service of the revenue outturn, and who decides on its money where that is not its spender.

    `powers` are those it is done under, whoever spends; a ServicePower says the same of one with its source.
    """

    id: str
    name: str
    powers: tuple[PowerId, ...] = ()
    decided_by: DecidedBy = ""
    note: str = ""
    source: str = ""
    confidence: Confidence = "known"


@dataclass(frozen=True, slots=True)
class ServicePower:
    """A power that spending on a service is done under.

    `line` is the line of the outturn's forms it is read from. `spenders` are the classes of body it is so
    for, where not for all. `through` is the class of bodies that use the power with that money, where not
    the spender itself: chief constables, whom whoever answers for the police of their area pays.
    """

    service: str
    power: PowerId
    line: str = ""
    spenders: str = ""
    through: str = ""
    source: str = ""
    confidence: Confidence = "known"


@dataclass(frozen=True, slots=True)
class Raising:
    """A power that brings money in, of some kind, and so wants no money of its own."""

    power: PowerId
    kind: str = ""
    note: str = ""
    source: str = ""
    confidence: Confidence = "known"


@dataclass(frozen=True, slots=True)
class Spending:
    """What a body spent on a service in a fiscal year, net of income, whoever the money came from.

    It is the same money as the grants and taxes that paid for it, so it is never added to pots.
    """

    body: Annotated[str, Ref("body")]
    service: str
    year: str
    pence: Pence
    source: str = ""
    confidence: Confidence = "known"


@dataclass(frozen=True, slots=True)
class Deflator:
    """A deflator's figure for a fiscal year (`index`): how prices stand in it, against its other years.

    `deflator` names the series and its edition, for figures are revised: `gdp-november-2025`. The year that
    is set to 100 does not matter.
    """

    deflator: str
    year: str
    index: float
    source: str = ""
    confidence: Confidence = "known"


RECORDS = (Pot, Amount, Share, Adjustment, Service, ServicePower, Spending, Raising, Deflator)
