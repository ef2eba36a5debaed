"""The left of the explorer: places, bodies and powers, each as a tree of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import ContentSwitcher, Static, Tree

from devo.tui.texts import content
from devo.tui.trees import Branches

if TYPE_CHECKING:
    from devo.world import World

TREES = (("places", "p", "Places"), ("bodies", "b", "Bodies"), ("powers", "w", "Powers"))


class TreeTab(Static):
    """The name of one of the three trees; a click shows it."""

    ALLOW_SELECT = False

    def __init__(self, tree: str, key: str, name: str):
        super().__init__(Content(f" {key} {name} "), markup=False, id=f"tab-{tree}")
        self.listing = tree

    async def on_click(self) -> None:
        """Show the tree."""
        await self.run_action(f"screen.tree('{self.listing}')")


class Browse(Vertical):
    """The three trees, one of them shown; each is filled when it is first shown, and for another day anew."""

    def __init__(self) -> None:
        super().__init__(id="left", classes="pane")
        self.listing = TREES[0][0]
        self._filled: dict[str, Any] = {}

    def compose(self) -> ComposeResult:
        """The names of the trees, the trees, and the whole of a name that is cut."""
        with Horizontal(id="tree-tabs"):
            for tree, key, name in TREES:
                yield TreeTab(tree, key, name)
        with ContentSwitcher(initial=f"tree-{self.listing}", id="trees"):
            for tree, _, _ in TREES:
                yield Branches(id=f"tree-{tree}")
        yield Static("", id="whole-name", classes="note", markup=False)

    def on_mount(self) -> None:
        """Mark the tree that is shown."""
        self.choose(self.listing)

    @property
    def shown(self) -> Branches:
        """The tree that is shown."""
        return self.query_one(f"#tree-{self.listing}", Branches)

    def choose(self, tree: str) -> None:
        """Show places, bodies or powers."""
        self.listing = tree
        for tab in self.query(TreeTab):
            tab.set_class(tab.listing == tree, "-current")
        self.query_one("#trees", ContentSwitcher).current = f"tree-{tree}"
        self._say_whole()

    def fill(self, world: World) -> None:
        """Fill the tree that is shown with what there is on the world's day."""
        from devo.tui import branches

        on, listing = world.today, self.listing
        # What a tree says depends on the day, and for the most part on none of it.
        key = {"places": branches.past(world, on), "bodies": on, "powers": None}[listing]
        if self._filled.get(listing, self) == key:
            return
        self._filled[listing] = key
        if listing == "places":
            self.shown.fill(branches.places(world, on), open_first=True)
        elif listing == "bodies":
            self.shown.fill(branches.bodies(world, on))
        else:
            self.shown.fill(branches.powers(world))

    @on(Tree.NodeHighlighted)
    def _say_whole(self) -> None:
        """Say the name under the cursor where the tree has no room for all of it."""
        name = self.query_one("#whole-name", Static)
        cut = self.shown.cut_name
        name.update(content(cut))
        name.display = bool(cut)
