"""The explorer over a world every text of which is hostile: nothing of it reaches the terminal as a command."""

from __future__ import annotations

import pytest
from fuzz import hostile
from tui.conftest import explorer

from devo import world_of
from devo.tui.desk import Desk
from devo.tui.looking import Subject

__all__ = ["explorer"]


@pytest.mark.nightly
def test_a_hostile_world_is_looked_at_from_every_side(explorer, monkeypatch):
    world = world_of(hostile.records(), baseline="england")
    subjects = [Subject("place", f"{a.geography}:{a.code}", a.name) for a in world.mosaic.areas.values()]
    subjects += [Subject("body", b.id, b.name) for b in world.roster.bodies.values()]
    subjects += [Subject("power", p.id, p.name) for p in world.powers.values()]

    async def story(me):
        async def press(*keys):
            for key in keys:
                await me.press(key)
                await me.settle()
                assert not {c for c in me.screen() if not c.isprintable() and c != "\n"}, key

        for subject in subjects:
            me.app.look_at(subject)
            await me.settle()
            await press("b", "w", "p", "enter", "escape")
        await press("2", "3", "4", "5", "1", "question_mark", "escape", "C", "F", "escape", "slash")
        await me.type("hyper")
        me.app.say(hostile.text(0))
        await press("down", "escape")

    monkeypatch.setattr("devo.tui.desk.open_desk", lambda opening: Desk(opening, world))
    explorer(story, (100, 40))
