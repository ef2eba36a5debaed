"""What holds of any money: it is conserved, however it is divided, passed on and drawn."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from devo import Body, cascade, largest_remainder, world_of
from devo_funding.accounts import ledger
from devo_funding.book import book_of
from devo_funding.network import NEAR, Arc, cycle, exact, pass_on
from devo_funding.pots import Adjustment, Amount, Pot, Share
from devo_funding.reach import Reach
from devo_funding.spreads import BadSpread, drawn, parsed
from devo_funding.years import FiscalYear, fiscal_year, years_of

NINETY_TRILLION_POUNDS = 9_000_000_000_000_000

sums = st.one_of(st.integers(0, 3), st.integers(0, 10**9), st.just(NINETY_TRILLION_POUNDS), st.just(1))
weights = st.lists(st.one_of(st.integers(0, 10**6), st.floats(0, 1e6)), min_size=1, max_size=12)
bodies = st.sampled_from("abcdefghij")
rates = st.one_of(st.fractions(0, 1, max_denominator=97), st.floats(0, 1), st.sampled_from((0.1, 0.5, 1.0)))
networks = st.tuples(
    st.dictionaries(bodies, sums, max_size=4),
    st.lists(st.builds(Arc, bodies, bodies, rates), max_size=14, unique_by=lambda arc: arc[:2]),
)


@pytest.mark.parametrize("divide", [cascade, largest_remainder])
@given(total=st.one_of(sums, st.integers(-(10**12), -1)), weights=weights)
@settings(max_examples=300, deadline=None)
def test_parts_add_up_and_are_within_a_penny_of_the_formula(divide, total, weights):
    parts = divide(total, weights)
    assert sum(parts) == total
    whole = sum(map(Fraction, weights))
    if whole:
        # Of a cascade, two running totals are rounded, each by half a penny at most.
        off = [
            abs(part - total * Fraction(weight) / whole) for part, weight in zip(parts, weights, strict=True)
        ]
        assert max(off) <= 1 if divide is cascade else max(off) < 1


@given(networks)
@settings(max_examples=600, deadline=None)
def test_money_passed_on_is_conserved(network):
    check_conserved(*network)


@pytest.mark.nightly
@given(networks)
@settings(max_examples=10_000, deadline=None)
def test_money_passed_on_is_conserved_in_ten_thousand_networks(network):
    check_conserved(*network)


def check_conserved(entering, arcs):
    done = pass_on(entering, arcs)
    assert sum(done.kept.values()) == sum(entering.values())
    for body in {*entering, *(arc.to for arc in arcs), *(arc.giver for arc in arcs)}:
        came = entering.get(body, 0) + sum(pence for arc, pence in done.carried if arc.to == body)
        went = sum(pence for arc, pence in done.carried if arc.giver == body)
        assert came == went + done.kept.get(body, 0)
        assert done.kept.get(body, 0) >= 0
    said = {finding.code for finding in done.findings}
    totals = Counter()
    for arc in arcs:
        totals[arc.giver] += exact(arc.rate)
    assert ("shares-over-the-whole" in said) == any(total > 1 + NEAR for total in totals.values())
    assert ("shares-below-the-whole" in said) == any(total < 1 - NEAR for total in totals.values())


@given(networks)
@settings(max_examples=300, deadline=None)
def test_a_cycle_is_one_and_is_found(network):
    _, arcs = network
    outgoing = {}
    for arc in arcs:
        outgoing.setdefault(arc.giver, []).append(arc)
    way = cycle(outgoing)
    reach = {(arc.giver, arc.to) for arc in arcs}
    while True:
        more = {(a, d) for a, b in reach for c, d in reach if b == c} - reach
        if not more:
            break
        reach |= more
    assert bool(way) == any(a == b for a, b in reach)
    if way:
        assert way[0] == way[-1]
        assert all(any(arc.to == to for arc in outgoing[giver]) for giver, to in pairwise(way))


@given(networks)
@settings(max_examples=300, deadline=None)
def test_draws_agree_with_exact_pence(network):
    entering, arcs = network
    arcs = sound(arcs)
    names = sorted({*entering, *"abcdefghij"})
    exact = pass_on(entering, arcs).kept
    reach = Reach(arcs, sorted(entering), [[name] for name in names])
    found = reach.totals(np.array([float(entering[name]) for name in sorted(entering)]).reshape(-1, 1))
    for number, name in enumerate(names):
        # Each division is a penny off at most, and there are at most so many on the way.
        assert abs(found[number, 0] - exact.get(name, 0)) <= 20 + 1e-8 * sum(entering.values())


def sound(arcs):
    """Arcs without a cycle and without a giver that gives more than it has."""
    kept = []
    given_away = Counter()
    for arc in arcs:
        if arc.giver < arc.to and given_away[arc.giver] + exact(arc.rate) <= 1:
            given_away[arc.giver] += exact(arc.rate)
            kept.append(arc)
    return kept


@given(
    st.sampled_from(
        (
            "",
            "fixed 2",
            "uniform 0.5 1.5",
            "triangular 0.5 1 2",
            "triangular 1 1 1",
            "normal 1 0.1",
            "lognormal 0 0.2",
            "list 1 2 3",
        )
    )
)
@settings(max_examples=20, deadline=None)
def test_the_same_seed_draws_the_same(text):
    one, two = (drawn(text, np.random.default_rng(5), 50) for _ in range(2))
    assert (one == two).all()
    assert one.shape == (50,)


@pytest.mark.parametrize(
    "text", ["wobbly 1", "uniform 1", "uniform 2 1", "normal 1 -1", "triangular 1 3 2", "list", "uniform a b"]
)
def test_spreads_that_are_none_are_refused(text):
    with pytest.raises(BadSpread):
        parsed(text)


days = st.dates(date(2010, 1, 1), date(2040, 1, 1))
GRANT = Pot("grant", "Grant", "dept", "body", "grant")


@given(
    pence=sums,
    start=days,
    length=st.integers(1, 5000),
    split=st.sampled_from(("days", "months", "years")),
    moves=st.lists(days, max_size=4),
)
@settings(max_examples=300, deadline=None)
def test_a_total_is_the_same_however_it_is_split_and_repointed(pence, start, length, split, moves):
    end = start + timedelta(days=length)
    changes = [Adjustment("grant", "payee", day, value=f"body-{n}") for n, day in enumerate(moves)]
    amount = Amount("grant", pence, start=start, end=end, split=split)
    book = book_of(world_of([GRANT, amount, *changes]))
    assert not book.findings
    parcels = [parcel for year in years_of(start, end) for parcel in book.parcels(year)]
    assert sum(parcel.pence for parcel in parcels) == pence
    assert all(start <= parcel.start < parcel.end <= end for parcel in parcels)


@given(pence=st.integers(1, 10**12), percents=st.lists(st.floats(0, 200), max_size=3))
@settings(max_examples=200, deadline=None)
def test_cuts_and_rises_keep_within_a_penny_of_the_formula(pence, percents):
    changes = [Adjustment("grant", "times", date(2020, 4, 1), rate=percent / 100) for percent in percents]
    book = book_of(world_of([GRANT, Amount("grant", pence, year="2020-21"), *changes]))
    found = sum(parcel.pence for parcel in book.parcels(next(years_of(date(2020, 4, 1), date(2020, 5, 1)))))
    wanted = Fraction(pence)
    for percent in percents:
        wanted *= exact(percent / 100)
    assert abs(found - wanted) <= 1 + 2 * len(percents) * max(1, 2 ** len(percents))


POTS = [
    Pot(name, name.title(), "dept", "body", "grant", out_of="a" if name == "d" else "") for name in "abcd"
]
names = st.sampled_from("abcd")
amounts = st.builds(
    lambda pot, pence, first, years, basis, less: Amount(
        pot,
        pence,
        start=date(first, 4, 1),
        end=date(first + years, 4, 1),
        basis=basis,
        less=tuple(less) if basis == "total" else (),
    ),
    names,
    st.integers(-5, 10**6),
    st.integers(2018, 2021),
    st.integers(1, 3),
    st.sampled_from(("total", "per-year")),
    # Few, for where a total leans on other pots all is read afresh.
    st.one_of(*[st.just(())] * 14, st.tuples(names)),
)
changes = st.builds(
    lambda pot, what, day, into: Adjustment(
        pot, what, day, value=into if what == "pooled" else "body-2", rate=0.5, pence=3
    ),
    names,
    st.sampled_from(("pooled", "payee", "times", "minus", "ringfence")),
    st.dates(date(2018, 4, 1), date(2023, 1, 1)),
    names,
)
steps = st.lists(
    st.tuples(
        st.lists(amounts, max_size=1),
        st.lists(changes, max_size=2),
        st.one_of(st.just(frozenset()), st.frozensets(names)),
    ),
    min_size=2,
    max_size=4,
)


@given(st.lists(amounts, min_size=2, max_size=6), st.lists(changes, max_size=3), steps)
@settings(max_examples=150, deadline=None)
def test_a_book_read_on_from_another_says_what_one_read_afresh_says(common, made, steps):
    line = world_of(POTS)
    for more, changed, uncounted in steps:
        pots = tuple(replace(pot, counts=False) if pot.id in uncounted else pot for pot in POTS)
        written, adjustments = (*common, *more), (*made, *changed)
        line = line.changed(records={Pot: pots, Amount: written, Adjustment: adjustments})
        fresh = world_of([*pots, *written, *adjustments])
        ours, other = book_of(line), book_of(fresh)
        assert ours.findings == other.findings
        for first in range(2018, 2024):
            year = FiscalYear(first)
            assert list(ours.parcels(year)) == list(other.parcels(year))
            assert ledger(line, year) == ledger(fresh, year)


giving = st.builds(
    lambda pot, giver, to, rate, start, end: Share(pot, giver, to, rate, start=start, end=end),
    names,
    st.sampled_from(("", "body", "body-2")),
    st.sampled_from(("body", "body-2", "parish-councils", "providers")),
    st.sampled_from((0.25, 0.5)),
    *[st.one_of(st.none(), st.dates(date(2018, 4, 1), date(2023, 1, 1)))] * 2,
)
PLENTY = Amount("a", 10**9, start=date(2018, 4, 1), end=date(2024, 4, 1), basis="per-year")
SOMEBODY = [Body(name, name.title(), "council") for name in ("dept", "body", "body-2")]


@given(st.lists(amounts, min_size=1, max_size=4), st.lists(changes, max_size=3), st.lists(giving, max_size=4))
@settings(max_examples=60, deadline=None)
def test_what_rests_somewhere_is_all_that_is_new(written, made, shares):
    pots = [replace(pot, payer="body", payee="body-2") if pot.out_of else pot for pot in POTS]
    world = world_of([*pots, *SOMEBODY, PLENTY, *written, *made, *shares])
    for first in range(2018, 2023):
        found = ledger(world, FiscalYear(first))
        over = {f.about[0] for f in found.findings if f.code == "passes-on-more-than-it-has"}
        if "body" in over:
            continue  # it pays pot d out of pot a, which may be paid to somebody else by then, or passed on whole
        assert not over
        rests, new = sum(r.pence for r in found.at_rest()), sum(f.pence for f in found.flows if f.hop == 1)
        assert rests == new
        assert all(b.received + b.own == b.paid + b.kept for b in found.balances().values())
        assert all(b.kept >= 0 for b in found.balances().values())


def test_money_pooled_into_a_pot_goes_where_that_pot_now_goes():
    pooled = Adjustment("a", "pooled", date(2020, 4, 1), value="b")
    line = world_of([*POTS, Amount("a", 100, year="2020-21"), pooled])
    assert [flow.payee for flow in ledger(line, FiscalYear(2020)).flows] == []
    moved = tuple(replace(pot, payee="parish-councils") if pot.id == "b" else pot for pot in POTS)
    line = line.changed(records={Pot: moved})
    assert [flow.payee for flow in ledger(line, FiscalYear(2020)).flows] == ["parish-councils"]


@pytest.mark.parametrize("text", ["0001-02", "9999-00", "9998-99"])
def test_the_years_at_the_ends_of_the_calendar_are_years(text):
    year = fiscal_year(text)
    assert year.start < year.end
    assert year.later(-1).end <= year.start
    assert year.later(1).start >= year.end
    assert not list(book_of(world_of([GRANT])).parcels(year.later(1)))
