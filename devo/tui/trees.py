"""A tree of branches: each is filled when it is opened, and no more than can be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import ClassVar

from rich.cells import cell_len
from rich.style import Style
from rich.text import Text
from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Tree
from textual.widgets.tree import TreeNode

from devo.tui.branches import MOST, Branch
from devo.tui.looking import Subject
from devo.tui.texts import label


class Branches(Tree[Branch]):
    """A tree of places, bodies or powers. Enter or a click looks at one; right and left open and close."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right", "open", "Open", show=False),
        Binding("left", "close", "Close", show=False),
    ]
    show_root = False
    guide_depth = 2
    ICON_NODE = "▸ "
    ICON_NODE_EXPANDED = "▾ "

    class Looked(Message):
        """Something in the tree was chosen to be looked at."""

        def __init__(self, subject: Subject):
            self.subject = subject
            super().__init__()

    def __init__(self, *, id: str):
        super().__init__("", id=id)
        self.auto_expand = False

    def render_label(self, node: TreeNode[Branch], base_style: Style, style: Style) -> Text:
        """A line of the tree, with its remark where there is room, and a mark where it is too long."""
        text = super().render_label(node, base_style, style)
        room = self._room(node)
        remark = f"  {node.data.remark}" if node.data is not None and node.data.remark else ""
        if remark and text.cell_len + cell_len(remark) <= room:
            text.append(remark, style + Style(italic=True))
        text.truncate(room, overflow="ellipsis")
        return text

    def fill(self, branches: Iterable[Branch], *, open_first: bool = False) -> None:
        """Show other branches; those that were open stay so, and the cursor stays where it was."""
        opened = {_way(node) for node in _below(self.root) if node.is_expanded}
        stood = _way(self.cursor_node) if self.cursor_node is not None else ()
        first = not self.root.children
        self.clear()
        self._add(self.root, branches, None)
        self.root.expand()
        if first and open_first and self.root.children:
            self._open(self.root.children[0])
        for node in _below(self.root):
            if _way(node) in opened:
                self._open(node)
        self.cursor_line = 0
        for node in _below(self.root):
            if stood and _way(node) == stood:
                self.move_cursor(node)

    def _add(self, node: TreeNode[Branch], branches: Iterable[Branch], count: int | None) -> None:
        walking = iter(branches)
        for branch in islice(walking, MOST):
            node.add(label(branch.label), branch, allow_expand=branch.below is not None)
        left = sum(1 for _ in walking) if count is None else count - len(node.children)
        if left:
            node.add_leaf(Text(f"… and {left:,} more: search with /"), Branch(""))

    def _open(self, node: TreeNode[Branch]) -> None:
        self._fill(node)
        if not node.is_expanded:
            node.expand()

    def _fill(self, node: TreeNode[Branch]) -> None:
        if node.data is not None and node.data.below is not None and not node.children:
            self._add(node, node.data.below(), node.data.count)

    @on(Tree.NodeExpanded)
    def _fill_opened(self, event: Tree.NodeExpanded[Branch]) -> None:
        event.stop()
        self._fill(event.node)

    @on(Tree.NodeSelected)
    def _look(self, event: Tree.NodeSelected[Branch]) -> None:
        event.stop()
        branch = event.node.data
        if branch is None:
            return
        if branch.subject is not None:
            self.post_message(self.Looked(branch.subject))
        elif event.node.is_expanded:
            event.node.collapse()
        else:
            self._open(event.node)

    def action_open(self) -> None:
        """Open the branch, or go to the first line below it."""
        node = self.cursor_node
        if node is None or not node.allow_expand:
            return
        if node.is_expanded and node.children:
            self.move_cursor(node.children[0])
        else:
            self._open(node)

    def action_close(self) -> None:
        """Close the branch, or go to the one above it."""
        node = self.cursor_node
        if node is None:
            return
        if node.is_expanded and node.allow_expand:
            node.collapse()
        elif node.parent is not None and not node.parent.is_root:
            self.move_cursor(node.parent)

    @property
    def cut_name(self) -> str:
        """The name under the cursor, where there is no room for all of it; else ''."""
        node = self.cursor_node
        if node is None or node.data is None or not self.size.width:
            return ""
        taken = cell_len(self.ICON_NODE) if node.allow_expand else 0
        name = node.data.label
        return name if cell_len(name) + taken > self._room(node) else ""

    def _room(self, node: TreeNode[Branch]) -> int:
        """The cells that a line of the tree has for its mark, name and remark."""
        return max(self.scrollable_content_region.width - (len(_way(node)) - 1) * self.guide_depth, 8)


def _way(node: TreeNode[Branch]) -> tuple[str, ...]:
    """The names from the top of the tree down to a line."""
    above = _way(node.parent) if node.parent is not None and not node.parent.is_root else ()
    return (*above, node.data.label if node.data is not None else "")


def _below(node: TreeNode[Branch]) -> Iterator[TreeNode[Branch]]:
    """Every line below one, those that are opened on the way too."""
    for child in node.children:
        yield child
        yield from _below(child)
