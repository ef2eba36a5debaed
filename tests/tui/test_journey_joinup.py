"""The fifth journey: how many bodies does a person leaving prison homeless meet in Glossop, and in Tameside?"""

from __future__ import annotations

import pytest

from devo import front
from devo.tui.forms import Form
from devo.tui.headlines import Headlines
from devo.tui.options import OptionLine
from devo.tui.rows import Rows

SIZES = [(80, 24), (120, 40), (200, 60)]
PERSONA = "leaving-prison-homeless"


def figures(england, place):
    rows = front.ask(england, "whole-person-figures", persona=PERSONA, place=place).rows
    return {row.dimension_name: row.figure for row in rows}


def shown(me):
    return {item.label: item.figure for item in me.app.screen.query_one(Headlines).figures}


def is_answered(me, england, place):
    """The headline is the command line's figure; the bodies stand below it, each under what it does."""
    expected = figures(england, place)
    assert shown(me)["organisations"] == str(expected["organisations"])
    assert shown(me)["must agree"] == str(expected["must agree"])
    assert f"{expected['organisations']} organisations" in me.screen()
    rows = front.ask(england, "whole-person", persona=PERSONA, place=place).rows
    listed = {line.texts()[0] for line in me.rows("#answer").table.lines} - {"not known"}
    assert listed == {row.organisation_name for row in rows} - {""}
    assert f"--term place={rows[0].place}" in me.rows("#answer").table.source


async def whole_person(me):
    await me.press("5", "n")
    await me.type("whole person every body")
    await me.press("enter", "enter")
    await is_asked(me)
    # The list is whole again, with the cursor on what is asked.
    listed = me.app.screen_stack[-2].query_one("#questions", Rows)
    assert (listed.line.key, len(listed.table.lines)) == ("whole-person", len(me.app.desk.questions))


async def is_asked(me):
    """The form comes when what a persona may be is there."""
    for _ in range(200):
        if isinstance(me.app.screen, Form) and me.app.focused is not None:
            return
        await me.pilot.pause(0.02)
    raise AssertionError("no form came")


@pytest.mark.parametrize("size", SIZES, ids=["x".join(map(str, size)) for size in SIZES])
def test_how_many_bodies_somebody_leaving_prison_meets(explorer, england, size):
    async def story(me):
        await whole_person(me)
        await me.type("prison")
        await me.press("enter")
        await me.type("Glossop")
        await me.press("enter")
        is_answered(me, england, "Glossop")
        await me.press("a")
        await is_asked(me)
        await me.press("down")
        await me.type("Tameside")
        await me.press("enter")
        is_answered(me, england, "Tameside")
        if size != (120, 40):
            return
        (row,) = front.ask(england, "whole-person-paragraph", persona=PERSONA, place="Tameside").rows
        await me.press("w")
        assert row.text.split(". ")[0] in me.text("#reading-text Static")

    explorer(story, size)


async def answered(me, question, **terms):
    page = me.app.screen
    page.question, page.terms = question, terms
    page.follow()
    await me.settle()


async def are_bars_and_likeness(me, england):
    """Barriers as bars, row by row those of the command line; peers as what is like and unlike."""
    await answered(me, "barriers", place="E08000003", persona=PERSONA)
    rows = front.ask(england, "barriers", place="E08000003", persona=PERSONA).rows
    lines = me.rows("#answer").table.lines
    assert [line.key for line in lines] == list(rows)
    for row, line in zip(rows, lines, strict=True):
        figure = line.texts()[1]
        assert (figure == "not known") is (row.figure is None)
        assert figure.startswith(f"{row.figure or 0:.0f}") or "%" in figure or row.figure is None
    await answered(me, "peers", body="gmca", power="adult-education")
    peers = front.ask(england, "peers", body="gmca", power="adult-education").rows
    assert shown(me)["on like terms"] == str(sum(row.alike for row in peers))
    groups = {line.group for line in me.rows("#answer").table.lines}
    assert groups == {"Like in all that is known", "Unlike in 2 things"}


def test_how_many_bodies_by_mouse(explorer, england):
    async def story(me):
        await me.click("#menu-questions")
        await me.click_row("#questions", "Whole person")
        await is_asked(me)
        for typed, said in (("someone", "that could be Someone"), ("leaving jail", "the nearest:")):
            await me.type(typed)
            await me.press("enter")
            assert said in me.text("#wrong-persona")
        leaving = next(o for o in me.app.screen.query(OptionLine) if o.option.id == PERSONA)
        for place in ("Glossop", "Tameside"):
            await me.click(leaving)
            await me.click("#term-place")
            await me.type(place)
            await me.click("#form-done")
            is_answered(me, england, place)
            if place == "Glossop":
                await me.click("#asked-link")
                await is_asked(me)
                leaving = next(o for o in me.app.screen.query(OptionLine) if o.option.id == PERSONA)
        await are_bars_and_likeness(me, england)

    explorer(story)
