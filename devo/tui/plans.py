"""Plans as tables and in words: what a deal changes line by line, and what each council loses and gains."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from textual.content import Content

from devo import words
from devo.tui.desk import Desk
from devo.tui.holdings import exerciser
from devo.tui.looking import Looking
from devo.tui.tables import Cell, Col, Line, Table, Tone
from devo.tui.texts import content, day, plain_title

if TYPE_CHECKING:
    from devo.plans import Change, Plan
    from devo.world import World

# What each kind of change is called, and its tone.
KINDS: dict[str, tuple[str, str, Tone]] = {
    "moved-up": ("Moves up", "to a body that answers for more people", "change"),
    "moved-down": ("Moves down", "to a body that answers for fewer people", "change"),
    "moved-across": ("Moves across", "to a body that answers for as many people", "change"),
    "inside": ("Another decides", "the holder stays, somebody else exercises it", "change"),
    "shared": ("Shared", "held beside those who had it", "change"),
    "conditioned": ("Other conditions", "the same holder, other conditions on its use", "change"),
    "re-sourced": ("New legal basis", "the same holder, under another law", "muted"),
    "gained": ("Gained", "where nobody is known to have held it", "gain"),
    "lost": ("Lost", "nobody holds it in its place", "loss"),
    "ended": ("Ended", "with its holder", "loss"),
    "commenced": ("Comes into force", "it was made before", "gain"),
}
_COLUMNS = (
    Col("Power", weight=3),
    Col("From", weight=3, lead="from "),
    Col("To", weight=3, lead="to "),
    Col("Where", weight=2, lead="in "),
    Col("Residents", 10, right=True, at=112),
    Col("From the day", 17),
)


def plan_table(plan: Plan, source: str) -> Table:
    """The lines of a plan, grouped by kind of change."""
    lines = tuple(_line(change, plan.after) for change in plan.changes)
    nothing = "No power changes hands here."
    citations = tuple(dict.fromkeys(str(c.cause["instrument"] or c.cause["source"]) for c in plan.changes))
    return Table(f"What {plan.title} changes", _COLUMNS, lines, 84, nothing, source, "", citations)


def _line(change: Change, world: World) -> Line:
    word, more, tone = _kind(change)
    before = words.several(change.before_names) or "nobody"
    if change.exercised_by_before:
        before += f", by {exerciser(change.exercised_by_before, world)}"
    after = words.several(change.after_names) or "nobody"
    if change.mode != "sole" and change.after:
        after += f", {words.mode(change.mode)}"
    if change.exercised_by_after:
        after += f", by {exerciser(change.exercised_by_after, world)}"
    return Line(
        (
            change.power_name,
            before,
            Cell(after, tone),
            words.several(change.places_names),
            f"{change.residents:,}",
            day(change.on),
        ),
        change,
        f"{word}: {more}",
    )


def _kind(change: Change) -> tuple[str, str, Tone]:
    """What a change is called; of a loss, whether somebody else holds the power still."""
    if change.kind == "lost" and change.after:
        return ("Lost", "others hold it still", "loss")
    return KINDS[change.kind]


def plan_words(plan: Plan) -> Content:
    """The sentences above a plan."""
    return Content("\n").join(content(f"• {sentence}") for sentence in plan.summary)


def change_words(change: Change, world: World) -> Content:
    """One line of a plan, said in full."""
    word, more, _ = _kind(change)
    said = [
        content(change.power_name, "bold"),
        content(f"{word}: {more}", "$devo-change"),
        content(""),
        content(
            f"From: {', '.join(change.before_names) or 'nobody'}{_by(change.exercised_by_before, world)}"
        ),
        content(f"To: {', '.join(change.after_names) or 'nobody'}{_by(change.exercised_by_after, world)}"),
        content(f"Held {words.mode(change.mode)} from {day(change.on)}"),
        content(f"In: {', '.join(change.places_names)} ({change.residents:,} residents)"),
    ]
    if change.answers_for_before or change.answers_for_after:
        said.append(
            content(
                f"Whoever held it answers for {change.answers_for_before:,} people; "
                f"whoever will hold it, for {change.answers_for_after:,}."
            )
        )
    if change.accountability_before != change.accountability_after:
        before, after = change.accountability_before or "nobody", change.accountability_after or "nobody"
        said.append(content(f"Who answers for it: from {before} to {after}."))
    cause = change.cause
    said += [content(""), content("How it comes about", "bold $devo-accent")]
    said += [
        content(f"{name}: {cause[key]}", "$devo-muted" if key != "instrument" else "")
        for name, key in (
            ("Under", "instrument"),
            ("Deal", "deal"),
            ("Provision", "provision"),
            ("Source", "source"),
            ("How sure", "confidence"),
        )
        if cause.get(key)
    ]
    return Content("\n").join(said)


def _by(by: str | None, world: World) -> str:
    return f", exercised by {exerciser(by, world)}" if by else ""


def beside(plan: Plan) -> Iterator[Content]:
    """What goes with a plan: conflicts and warnings first, then what plugins see change."""
    graves = sorted(plan.findings, key=lambda f: ("error", "warning", "note").index(f.severity))
    if graves:
        yield content("Conflicts, consents and warnings", "bold $devo-accent")
        for finding in graves[:20]:
            style = {"error": "$devo-loss", "warning": "$devo-warn"}.get(finding.severity, "$devo-muted")
            mark = {"error": "Cannot be: ", "warning": "Take care: "}.get(finding.severity, "")
            more = f" ({finding.suggestion})" if finding.suggestion else ""
            yield content(f"• {mark}{finding.message}{more}", style)
        yield content("")
    for plugin, rows in plan.indirect.items():
        name = plain_title(plugin.removeprefix("devo_").removeprefix("devo-"))
        yield content(f"{name}: what changes with it", "bold $devo-accent")
        for row in rows[:20]:
            sign = "no more" if "was" in row else "new"
            yield content(f"• {sign}: {_row(row.get('was') or row.get('becomes') or {})}")
        if len(rows) > 20:
            yield content(f"  … and {len(rows) - 20} more", "$devo-muted")
        yield content("")


def _row(row: Any) -> str:
    """A plugin's row in a line: names rather than ids, figures with what they count, nothing that is nothing."""
    if not isinstance(row, Mapping):
        return str(row)
    said = []
    for key, value in dict(row).items():
        if value in (None, "", [], (), 0, False) or f"{key}_name" in row or f"{key}_names" in row:
            continue
        label = plain_title(key.removesuffix("_names").removesuffix("_name").removesuffix("_pence")).lower()
        if key == "question" or key in ("confidence", "source"):
            continue
        if key.endswith("_pence"):
            said.append(words.pounds(int(value)))
        elif isinstance(value, bool):
            said.append(label)
        elif isinstance(value, int):
            said.append(f"{label} {value:,}")
        elif isinstance(value, float):
            said.append(f"{label} {words.share(value) if 0 <= value <= 1 else f'{value:,.4g}'}")
        elif isinstance(value, list | tuple):
            said.append(words.several(str(item) for item in value))
        else:
            said.append(str(value).replace("-", " ") if key in ("kind", "what", "gap") else str(value))
    return ", ".join(said)


# --- gains and losses of bodies --------------------------------------------------------------------


def gains_and_losses(plan: Plan, bodies: Sequence[str]) -> Iterator[Content]:
    """What each of some bodies loses and gains by a plan, in words."""
    for body in bodies:
        name = plan.after.body_name(body)
        lost = [c for c in plan.changes if body in c.before and body not in c.after and c.kind != "shared"]
        gained = [c for c in plan.changes if body in c.after and body not in c.before]
        shared = [c for c in plan.changes if body in c.before and c.kind == "shared"]
        if not lost and not gained and not shared:
            yield content(f"{name}: nothing is lost or gained.", "$devo-muted")
            continue
        yield content(name, "bold")
        yield from (content(f"− loses {c.power_name}{_to(c)}", "$devo-loss") for c in lost)
        yield from (content(f"= shares {c.power_name}{_with(c)}", "$devo-change") for c in shared)
        yield from (content(f"+ gains {c.power_name}{_from(c)}", "$devo-gain") for c in gained)


def _to(change: Change) -> str:
    return (
        f", to {words.several(change.after_names)}, on {day(change.on)}"
        if change.after
        else f", on {day(change.on)}"
    )


def _with(change: Change) -> str:
    return f" with {words.several(change.after_names)}, from {day(change.on)}"


def _from(change: Change) -> str:
    return (
        f", from {words.several(change.before_names)}, on {day(change.on)}"
        if change.before
        else f", on {day(change.on)}"
    )


def councils_of(desk: Desk, looking: Looking, place: str) -> list[str]:
    """The councils and the authority that serve a place on the day, a dozen at most."""
    from devo import names
    from devo.names import AUTHORITIES, COUNCILS

    if not place:
        return []
    world = desk.on(looking)
    pieces = names.place(world, place).pieces
    found = []
    for body in world.roster.bodies.values():
        if body.kind in COUNCILS | AUTHORITIES and body.area and world.roster.alive(body.id, world.today):
            served = world.roster.served(body.id, world.today)
            if served & pieces and (pieces <= served or served <= pieces):
                found.append((body.kind in AUTHORITIES, body.name, body.id))
    return [body for _, _, body in sorted(found)][:12]
