"""Plans as tables: what a deal changes, line by line, and two or three worlds side by side at a place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from textual.content import Content

from devo import words
from devo.tui.desk import Desk
from devo.tui.holdings import exerciser
from devo.tui.looking import Looking
from devo.tui.tables import Cell, Col, Line, Table, Tone
from devo.tui.texts import content, day, long_day, plain_title

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
    lines = tuple(_line(change) for change in plan.changes)
    nothing = " ".join(plan.summary) if plan.summary else "Nothing changes."
    citations = tuple(dict.fromkeys(str(c.cause["instrument"] or c.cause["source"]) for c in plan.changes))
    return Table(f"What {plan.title} changes", _COLUMNS, lines, 84, nothing, source, "", citations)


def _line(change: Change) -> Line:
    word, more, tone = KINDS[change.kind]
    before = words.several(change.before_names) or "nobody"
    if change.exercised_by_before:
        before += f", by {change.exercised_by_before}"
    after = words.several(change.after_names) or "nobody"
    if change.mode != "sole" and change.after:
        after += f", {words.mode(change.mode)}"
    if change.exercised_by_after:
        after += f", by {change.exercised_by_after}"
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


def plan_words(plan: Plan) -> Content:
    """The sentences above a plan."""
    return Content("\n").join(content(f"• {sentence}") for sentence in plan.summary)


def change_words(change: Change) -> Content:
    """One line of a plan, said in full."""
    word, more, _ = KINDS[change.kind]
    said = [
        content(change.power_name, "bold"),
        content(f"{word}: {more}", "$devo-change"),
        content(""),
        content(f"From: {', '.join(change.before_names) or 'nobody'}{_by(change.exercised_by_before)}"),
        content(f"To: {', '.join(change.after_names) or 'nobody'}{_by(change.exercised_by_after)}"),
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
    said += [content(""), content("Why", "bold $devo-accent")]
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


def _by(exerciser_: str | None) -> str:
    return f", exercised by {exerciser_}" if exerciser_ else ""


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


# --- side by side ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Side:
    """One column of a comparison: a world (deals added, deals left out, or another baseline) on a day."""

    day: date
    deals: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    baseline: str = ""
    named: str = ""

    @property
    def label(self) -> str:
        """The column's heading."""
        what = self.named or {"england-general-law": "General law, no deals"}.get(
            self.baseline, self.baseline
        )
        if self.without:
            what = f"Without {', '.join(self.without)}"
        if self.deals and not self.named:
            what = f"With {', '.join(self.deals)}"
        return f"{what}, {day(self.day)}" if what else day(self.day)

    def world(self, desk: Desk, looking: Looking) -> World:
        """The world on its day."""
        world = desk.with_(deals=self.deals, without=self.without, baseline=self.baseline)
        return world.on(self.day).known(looking.known)


def side_by_side(
    desk: Desk, looking: Looking, sides: Sequence[Side], place: str, *, everything: bool
) -> Table:
    """Who holds what at a place in each world: the rows that differ, or all of them."""
    from devo import front

    worlds = [side.world(desk, looking) for side in sides]
    held = [_cells(front.ask(world, "who-holds", place=place).rows, world) for world in worlds]
    powers = sorted(
        {power for cells in held for power in cells}, key=lambda p: worlds[-1].power_name(p).casefold()
    )
    lines = []
    for power in powers:
        texts = [cells.get(power, "") for cells in held]
        differs = any(text != texts[0] for text in texts[1:])
        if not differs and not everything:
            continue
        cells_: list[str | Cell] = [worlds[-1].power_name(power)]
        for number, text in enumerate(texts):
            said = text or "nobody known"
            changed = number > 0 and text != texts[number - 1]
            tone, word = _changed(texts[number - 1], text) if changed else ("", "")
            cells_.append(Cell(f"{word}: {said}" if word else said, tone or ("muted" if not text else "")))
        lines.append(Line(tuple(cells_), power, plain_title(desk.power_theme(power)) or "Other powers"))
    lines.sort(key=lambda line: line.group)
    columns = (Col("Power", weight=2), *(Col(side.label, weight=3, lead=f"{side.label}: ") for side in sides))
    nothing = "Nothing differs here between these." if not everything else "Nothing is known to be held here."
    days = " ".join(f"--on {side.day.isoformat()}" for side in sides[:2])
    return Table(
        "Side by side", columns, tuple(lines), 60, nothing, f"devo compare {days} --place {place}", "", ()
    )


def _changed(before: str, after: str) -> tuple[Tone, str]:
    if not before:
        return "gain", "new"
    return ("loss", "gone") if not after else ("change", "changed")


def _cells(rows: Iterable[Any], world: World) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for row in rows:
        said = row.body_name
        details = [] if row.mode == "sole" else [words.mode(row.mode)]
        if row.exercised_by:
            details.append(f"by {exerciser(row.exercised_by, world)}")
        if row.status == "promised":
            details = ["promised"]
        elif row.status == "not-in-force":
            details = ["not yet in force"]
        elif row.status == "conditional":
            details.append("with conditions")
        if row.share < 1:
            details.append(f"{words.share(row.share)} of residents")
        found.setdefault(row.power, []).append(f"{said} ({', '.join(details)})" if details else said)
    return {power: "; ".join(said) for power, said in found.items()}


def long(sides: Sequence[Side]) -> str:
    """The sides in words, for a title."""
    return " beside ".join(long_day(side.day) if not side.named else side.label for side in sides)
