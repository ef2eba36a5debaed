"""Where two worlds may differ: outside it, and on the eve of a holding, the rules find nothing else."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from worlds import asked, deals, knowns, verbs, worlds

from devo import rules
from devo.differing import Compared
from devo.divisions import family
from devo.enactment import enact
from devo.sides import Side
from devo.timeline import span_on, spans


@settings(max_examples=60)
@given(st.data())
def test_where_nothing_differs_the_rules_read_the_same(data):
    place = data.draw(worlds())
    other = enact(place, data.draw(deals(place)), verbs()).world
    before = place.on(data.draw(asked)).known(data.draw(knowns))
    after = other.on(data.draw(st.sampled_from((before.day, data.draw(asked))))).known(before.as_known)
    old, new, compared = Side(before), Side(after), Compared(before, after)
    for whole in sorted(place.powers):
        differing = compared.differing(whole)
        for power in family(place, whole):
            for piece in set(range(len(place.mosaic))) - differing:
                assert old.cells(power, piece) == new.cells(power, piece)


@settings(max_examples=60)
@given(st.data())
def test_a_holding_began_when_its_span_did(data):
    place = data.draw(worlds())
    seen = enact(place, data.draw(deals(place)), verbs()).world.on(data.draw(asked)).known(data.draw(knowns))
    side = Side(seen)
    for power in sorted(place.powers):
        for piece in range(len(place.mosaic)):
            for held in rules.holders(seen, power, piece):
                span = span_on(spans(seen, power, piece), held.body, held.mode, seen.today)
                found = side.began(power, held, piece)
                assert (found or date.min) == (span.start if span and span.start else date.min)
