"""A tree of branches: each is filled when it is opened, and no more than can be read."""

from __future__ import annotations

from collections.abc import Iterable
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
        depth, above = 0, node.parent
        while above is not None and not above.is_root:
            depth, above = depth + 1, above.parent
        room = max(self.scrollable_content_region.width - depth * self.guide_depth, 8)
        remark = f"  {node.data.remark}" if node.data is not None and node.data.remark else ""
        if remark and text.cell_len + cell_len(remark) <= room:
            text.append(remark, style + Style(italic=True))
        text.truncate(room, overflow="ellipsis")
        return text

    def fill(self, branches: Iterable[Branch], *, open_first: bool = False) -> None:
        """Show other branches."""
        self.clear()
        self._add(self.root, branches, None)
        self.root.expand()
        if open_first and self.root.children:
            self._open(self.root.children[0])

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

    def reveal(self, subject: Subject) -> bool:
        """Put the cursor on a subject that is among the open lines; whether it is."""
        stack = list(self.root.children)
        while stack:
            node = stack.pop()
            if node.data is not None and node.data.subject == subject:
                self.move_cursor(node)
                return True
            stack.extend(node.children)
        return False
