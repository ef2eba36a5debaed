"""devo: English devolution deals as dated facts, effects and questions.

    england = devo.baseline("england")
    answer = devo.ask(england.on("2025-01-01"), "who-holds", place="Manchester")

This is the only door for plugins: they import nothing else of devo. Names are loaded when first
used, so that asking one thing does not load everything.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from devo.answers import Answer as Answer
    from devo.answers import TermFault as TermFault
    from devo.apportionment import cascade as cascade
    from devo.apportionment import largest_remainder as largest_remainder
    from devo.enactment import Enacted as Enacted
    from devo.explanation import Explanation as Explanation
    from devo.expressions import signed_terms as signed_terms
    from devo.extent import Named as Named
    from devo.extent import named as named
    from devo.files.parquet import parquet_trouble as parquet_trouble
    from devo.front import ask as ask
    from devo.front import baseline as baseline
    from devo.front import check as check
    from devo.front import check_new as check_new
    from devo.front import enact as enact
    from devo.front import explain as explain
    from devo.front import plan as plan
    from devo.front import read_deal as read_deal
    from devo.front import without as without
    from devo.front import with_and_without as with_and_without
    from devo.hookspecs import hookimpl as hookimpl
    from devo.names import NameFault as NameFault
    from devo.mosaic import Pieces as Pieces
    from devo.names import Place as Place
    from devo.names import body as _body
    from devo.names import deal as _deal
    from devo.names import place as place
    from devo.names import power as _power
    from devo.plans import Change as Change
    from devo.plans import Wanted as Wanted
    from devo.planning import compare as compare
    from devo.making import CannotTakeEffect as CannotTakeEffect
    from devo.making import area_of as area_of
    from devo.making import begins as begins
    from devo.making import ends as ends
    from devo.making import exercises as exercises
    from devo.tools import question as question
    from devo.register import Layer as Layer
    from devo.register import Register as Register
    from devo.rules import conditions as _conditions
    from devo.rules import exercised_by as exercised_by
    from devo.rules import Held as Held
    from devo.rules import holders as holders
    from devo.rules import is_modelled as is_modelled
    from devo.rules import unmet as unmet
    from devo.sightings import alike as alike
    from devo.tiers import accountability as accountability
    from devo.tiers import answers_for as answers_for
    from devo.tiers import level_over as level_over
    from devo.toolbox import Toolbox as Toolbox
    from devo.toolbox import toolbox as _toolbox
    from devo.values import Area as Area
    from devo.values import AreaCode as AreaCode
    from devo.values import Areas as Areas
    from devo.values import Baseline as Baseline
    from devo.values import Body as Body
    from devo.values import BodyId as BodyId
    from devo.values import ClassTerms as ClassTerms
    from devo.values import Condition as Condition
    from devo.values import Confidence as Confidence
    from devo.values import Deal as Deal
    from devo.values import DecisionRule as DecisionRule
    from devo.values import DealId as DealId
    from devo.values import Designation as Designation
    from devo.values import Effect as Effect
    from devo.values import Ending as Ending
    from devo.values import Exercise as Exercise
    from devo.values import Finding as Finding
    from devo.values import Geography as Geography
    from devo.values import GeographyId as GeographyId
    from devo.values import Holder as Holder
    from devo.values import Holding as Holding
    from devo.values import Instrument as Instrument
    from devo.values import InstrumentId as InstrumentId
    from devo.values import Lookup as Lookup
    from devo.values import Measure as Measure
    from devo.values import Membership as Membership
    from devo.values import Mode as Mode
    from devo.values import Pence as Pence
    from devo.values import Piece as Piece
    from devo.values import Power as Power
    from devo.values import PowerId as PowerId
    from devo.values import Provision as Provision
    from devo.values import Ref as Ref
    from devo.values import Residents as Residents
    from devo.values import Serving as Serving
    from devo.values import Share as Share
    from devo.values import Status as Status
    from devo.values import Succession as Succession
    from devo.values import Unit as Unit
    from devo.values import runs as runs
    from devo.world import World as World
    from devo.world import world_of as world_of

    # A renamed import is private to a type checker; a name given here is not.
    body_named, deal_named, power_named, standing_conditions = _body, _deal, _power, _conditions
    switched_on = _toolbox

_DOORS = {
    "answers": "Answer TermFault",
    "apportionment": "cascade largest_remainder",
    "enactment": "Enacted",
    "explanation": "Explanation",
    "expressions": "signed_terms",
    "extent": "Named named",
    "files.parquet": "parquet_trouble",
    "front": "ask baseline check check_new enact explain plan read_deal with_and_without without",
    "hookspecs": "hookimpl",
    "mosaic": "Pieces",
    "names": "NameFault Place body_named deal_named place power_named",
    "planning": "compare",
    "plans": "Change Wanted",
    "making": "CannotTakeEffect area_of begins ends exercises",
    "register": "Layer Register",
    "rules": "Held exercised_by holders is_modelled standing_conditions unmet",
    "sightings": "alike",
    "tiers": "accountability answers_for level_over",
    "toolbox": "Toolbox switched_on",
    "tools": "question",
    "values": (
        "Area AreaCode Areas Baseline Body BodyId ClassTerms Condition Confidence Deal DealId DecisionRule Designation"
        " Effect Ending Exercise Finding Geography GeographyId Holder Holding Instrument InstrumentId Lookup Measure Membership"
        " Mode Pence Piece Power PowerId Provision Ref Residents Serving Share Status Succession Unit runs"
    ),
    "world": "World world_of",
}
# Names that the front door gives another word, where the module's own would say too little outside it.
_RENAMED = {
    "body_named": "body",
    "deal_named": "deal",
    "power_named": "power",
    "standing_conditions": "conditions",
    "switched_on": "toolbox",
}
_WHERE = {name: module for module, names in _DOORS.items() for name in names.split()}

__all__ = sorted(_WHERE)  # noqa: PLE0605  (derived from the doors above)


def __getattr__(name: str) -> Any:
    module = _WHERE.get(name)
    if module is None:
        raise AttributeError(f"devo has no {name!r}; it has: {', '.join(__all__)}")
    return getattr(import_module(f"devo.{module}"), _RENAMED.get(name, name))


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
