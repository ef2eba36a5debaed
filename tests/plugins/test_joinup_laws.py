"""What must hold of joining up in any country: on generated holdings, needs and arrangements."""

from hypothesis import given, settings
from hypothesis import strategies as st
from services import NOW, enacted, world

from devo_joinup.counts import Counts
from devo_joinup.dimensions import DIMENSIONS, JOINED
from devo_joinup.figures import Figures
from devo_joinup.measures import measures
from devo_joinup.shipped import needs_of
from devo_joinup.values import BRIDGES, Arrangement

BODIES = ("ash", "beck", "cole", "dene", "gaca", "pcc", "minister", "dept")
POWERS = ("one", "two", "three", "four")
INSIDE = {0, 1}  # the pieces of Greater Ash

holders = st.lists(
    st.sampled_from(("every:metropolitan-district", "minister", "dept", "board")),
    min_size=1,
    max_size=3,
    unique=True,
)
modes = st.sampled_from(("concurrent", "joint"))
kinds = st.sampled_from(
    sorted(
        BRIDGES
        | {"data-sharing-agreement", "pooled-budget", "joint-commissioning", "secondment", "evaluation"}
    )
)


@st.composite
def countries(draw):
    """Powers that somebody holds everywhere, a persona that needs them all, some of them transactions."""
    lines = [
        'body = [{id = "board", name = "Board", kind = "icb", sector = "nhs", area = "E08000002 + E08000004"}]',
        'persona = [{id = "q", name = "Somebody"}]',
        'gateway = [{id = "g", name = "G", between = "metropolitan-district + minister", powers = ["one", "two"]}]',
    ]
    powers, holdings, needs = [], [], []
    for power in POWERS[: draw(st.integers(2, 4))]:
        service = draw(st.sampled_from(("complex", "complex", "transactional")))
        powers.append(f'{{id = "{power}", name = "{power.title()}", service = "{service}"}}')
        found = draw(holders)
        mode = "sole" if len(found) == 1 else draw(modes)
        for number, holder in enumerate(found):
            area = ', area = "E92000001"' if holder in ("minister", "dept") else ""
            holdings.append(
                f'{{id = "{power}-{number}", power = "{power}", holder = "{holder}", mode = "{mode}"{area}}}'
            )
        profession = draw(st.sampled_from(("", "nurse", "officer")))
        part = draw(st.sampled_from(("acts", "commissions", "pays")))
        needs.append(
            f'{{persona = "q", need = "{power}", power = "{power}", profession = "{profession}", part = "{part}"}}'
        )
    for name, rows in (("power", powers), ("holding", holdings), ("need", needs)):
        lines.append(f"{name} = [{', '.join(rows)}]")
    return "\n".join(lines)


def looked_at(place, **more):
    seen = place.on(NOW)
    return Figures(seen, **more), needs_of(seen, "q")


@given(countries())
@settings(max_examples=15)
def test_moving_every_power_to_one_body_leaves_one_inside_and_no_fewer_outside(text):
    place = world(text)
    figures, needs = looked_at(place)
    known = {
        need.power for need in needs if any(hold.body for hold in figures.meetings.holders.at(need.power, 0))
    }
    held = {
        n.power
        for n in needs
        if all(any(h.body for h in figures.meetings.holders.at(n.power, p)) for p in INSIDE)
    }
    if known != held or len(held) < len(needs):
        return  # nothing to move where nobody holds it
    moves = (
        f'verb = "transfer"\npower = "{need.power}"\ntransferee = "gaca"\narea = "E47000001"'
        for need in needs
    )
    after, _ = looked_at(enacted(place, "---".join(moves)))
    for piece in range(4):
        was, now = figures.at(needs, piece), after.at(needs, piece)
        if piece in INSIDE:
            assert now["bodies"].value == 1
            assert was["bodies"].value >= 1
        else:
            assert now["bodies"].value >= was["bodies"].value


@given(
    countries(),
    kinds,
    st.lists(st.sampled_from(BODIES), min_size=2, unique=True),
    st.booleans(),
    st.booleans(),
)
@settings(max_examples=10)
def test_adding_an_arrangement_never_raises_a_barrier(text, kind, bodies, narrow, near):
    place = world(text)
    item = Arrangement("x", kind, tuple(bodies), ("one",) if narrow else (), "E08000002" if near else "")
    before, needs = looked_at(place)
    after, _ = looked_at(place, arrangements=[item])
    for piece in range(4):
        doors = before.meetings.at(needs, piece)
        old, new = measures(before, doors, piece), measures(after, doors, piece)
        assert [(m.barrier, m.name) for m in old] == [(m.barrier, m.name) for m in new]
        for a, b in zip(old, new, strict=True):
            if a.figure is not None and b.figure is not None:
                assert b.figure <= a.figure if a.higher_is == "worse" else b.figure >= a.figure, a.name
        was, now = before.of(doors, piece, JOINED), after.of(doors, piece, JOINED)
        for name in JOINED:
            if was[name].value is not None:
                assert now[name].value <= was[name].value, name


# Not the minister: that is a kind of body too.
RENAMED = {
    body: f"z{number}-{body[::-1]}" for number, body in enumerate((*BODIES, "board")) if body != "minister"
}
RENAMED |= {power: f"y{number}" for number, power in enumerate(reversed(POWERS))}


@given(countries())
@settings(max_examples=10)
def test_renaming_everything_changes_no_figure(text):
    figures, needs = looked_at(world(text))
    same, renamed = looked_at(world(text, RENAMED))
    for piece in range(4):
        values = [
            {name: figure.value for name, figure in f.at(n, piece).items()}
            for f, n in ((figures, needs), (same, renamed))
        ]
        assert values[0] == values[1]


@given(countries(), st.sets(st.sampled_from((*BODIES, *POWERS))), st.sampled_from((*BODIES, *POWERS)))
@settings(max_examples=15)
def test_widening_the_system_hides_nobody_that_was_in_it(text, out, back):
    place = world(text)
    narrow, needs = looked_at(place, leave_out=out)
    wide, _ = looked_at(place, leave_out=out - {back})
    for piece in range(4):
        inside = {door.body for door in narrow.meetings.at(needs, piece)}
        assert inside <= {door.body for door in wide.meetings.at(needs, piece)}


def test_there_is_a_figure_for_each_dimension_and_none_for_all():
    figures, needs = looked_at(
        world('persona = [{id = "q", name = "Q"}]\nneed = [{persona = "q", need = "c", power = "care"}]')
    )
    assert set(figures.at(needs, 0)) == set(DIMENSIONS)
    assert not {"score", "index", "total"} & set(DIMENSIONS)


@given(countries(), st.sets(st.sampled_from((*BODIES, *POWERS)), max_size=2), st.booleans(), kinds)
@settings(max_examples=10)
def test_counts_everywhere_are_those_of_each_place(text, out, arranged, kind):
    place = world(text)
    items = [Arrangement("x", kind, ("ash", "pcc", "minister"), area="E08000001")] if arranged else []
    figures, needs = looked_at(place, leave_out=out, arrangements=items)
    found = Counts(figures).of(needs, tuple(DIMENSIONS))
    for piece in range(4):
        plain = {name: figure.value for name, figure in figures.at(needs, piece).items()}
        assert {name: counts[piece] for name, counts in found.items()} == plain
