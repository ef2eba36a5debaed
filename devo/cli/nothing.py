"""Why an answer has no rows, in words: nobody, or the tables do not know."""

from __future__ import annotations

from devo import names, words
from devo.answers import Answer
from devo.world import World


def why_nothing(answer: Answer, world: World) -> str:
    """Why there are no rows: nobody, or the tables do not know."""
    if any(finding.code == "left-out" for finding in answer.findings):
        return "No row is sure enough."
    spoken = {term: names.called(world, term, value) for term, value in answer.terms.items()}
    day = words.day(answer.on)
    if answer.question in ("who-holds", "where-held") and "power" in spoken:
        return _nobody(answer, world, spoken, day)
    if answer.question == "who-holds":
        return f"The tables know no holder of any power in {spoken['place']} on {day}."
    if answer.question == "held-by":
        return f"{spoken['body']} holds none of the powers in the tables on {day}{_life(answer, world)}."
    if answer.question == "history":
        return f"The tables know no holder of {spoken['power']} in {spoken['place']} on any day."
    if answer.question == "members-of":
        return f"The tables know no member of {spoken['body']} on {day}."
    return "There are no rows."


def _nobody(answer: Answer, world: World, spoken: dict[str, str], day: str) -> str:
    from devo.gaps import unmodelled

    place = answer.terms.get("place")
    pieces = names.place(world, place).pieces if place else world.mosaic.everywhere
    where = f" in {spoken['place']}" if place else ""
    unknown = unmodelled(world, answer.terms["power"], pieces)
    if not unknown:
        return f"Nobody holds {spoken['power']}{where} on {day}."
    if unknown == pieces:
        return f"Not known: the tables do not say who holds {spoken['power']}{where} on {day}."
    part = words.share(world.mosaic.share(unknown, pieces))
    nobody = f"Nobody is known to hold {spoken['power']}{where} on {day}"
    return f"{nobody}; for {part} of residents the tables do not say."


def _life(answer: Answer, world: World) -> str:
    body = world.roster.bodies.get(answer.terms["body"])
    if body is not None and body.start is not None and answer.on < body.start:
        return f": it was established on {words.day(body.start)}"
    if body is not None and body.end is not None and answer.on >= body.end:
        return f": it was abolished on {words.day(body.end)}"
    return ""
