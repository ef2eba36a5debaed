"""The explorer's own two themes. Every pair of ink and paper below has a contrast of at least 4.5 to 1."""

from __future__ import annotations

from textual.theme import Theme

# Names of colours that the style sheet and the texts use, by what they mean and not how they look.
LIGHT = {
    "devo-ink": "#1b1f24",
    "devo-muted": "#4d5662",
    "devo-paper": "#ffffff",
    "devo-panel": "#eef1f5",
    "devo-bar": "#1d3557",
    "devo-bar-ink": "#ffffff",
    "devo-bar-muted": "#d3dcea",
    "devo-line": "#7d8896",
    "devo-focus": "#0b57a4",
    "devo-accent": "#0b4f94",
    "devo-cursor": "#cfe3fa",
    "devo-cursor-ink": "#0d1b2a",
    "devo-idle": "#e2e7ee",
    "devo-warn": "#8a4200",
    "devo-gain": "#0b6136",
    "devo-loss": "#a3122a",
    "devo-change": "#6b2fa0",
}
DARK = {
    "devo-ink": "#e6eaf0",
    "devo-muted": "#a9b4c2",
    "devo-paper": "#12161c",
    "devo-panel": "#1b212a",
    "devo-bar": "#22344d",
    "devo-bar-ink": "#ffffff",
    "devo-bar-muted": "#c3d0e2",
    "devo-line": "#6f7c8d",
    "devo-focus": "#7cc0ff",
    "devo-accent": "#8ec8ff",
    "devo-cursor": "#2c4a70",
    "devo-cursor-ink": "#ffffff",
    "devo-idle": "#2a323d",
    "devo-warn": "#ffb86b",
    "devo-gain": "#6fdc9a",
    "devo-loss": "#ff9a9a",
    "devo-change": "#d3a8ff",
}
# (ink, paper) pairs that stand on screen.
PAIRS = (
    *(
        (ink, paper)
        for ink in ("devo-ink", "devo-muted", "devo-accent")
        for paper in ("devo-paper", "devo-panel")
    ),
    *(
        (ink, paper)
        for ink in ("devo-warn", "devo-gain", "devo-loss", "devo-change")
        for paper in ("devo-paper", "devo-panel", "devo-idle")
    ),
    ("devo-bar-ink", "devo-bar"),
    ("devo-bar-muted", "devo-bar"),
    ("devo-cursor-ink", "devo-cursor"),
    ("devo-ink", "devo-idle"),
    ("devo-muted", "devo-idle"),
)
# Lines and borders need 3 to 1.
LINES = (("devo-line", "devo-paper"), ("devo-focus", "devo-paper"), ("devo-line", "devo-panel"))
# Fills for a map or a bar; the ink on each is the one that reads best, and each has a word in the legend.
FILLS_LIGHT = ("#0b57a4", "#b34700", "#0b6136", "#6b2fa0", "#8a1c50", "#595f00", "#00606b", "#5c4033")
# From little to much, for figures.
RAMP_LIGHT = ("#d6e6f7", "#a5c8ea", "#6aa2d8", "#2f74b8", "#0b4684")
RAMP_DARK = ("#12324f", "#1f5685", "#3f86c0", "#85bdea", "#d4eaff")
FILLS_DARK = ("#7cc0ff", "#ffb86b", "#6fdc9a", "#d3a8ff", "#ff9ac6", "#dbe066", "#6fe0e8", "#d9b8a3")


def _theme(name: str, colours: dict[str, str], *, dark: bool) -> Theme:
    return Theme(
        name=name,
        primary=colours["devo-accent"],
        secondary=colours["devo-change"],
        warning=colours["devo-warn"],
        error=colours["devo-loss"],
        success=colours["devo-gain"],
        accent=colours["devo-accent"],
        foreground=colours["devo-ink"],
        background=colours["devo-paper"],
        surface=colours["devo-paper"],
        panel=colours["devo-panel"],
        dark=dark,
        text_alpha=1.0,
        variables={
            **colours,
            "foreground-muted": colours["devo-muted"],
            "text-muted": colours["devo-muted"],
            "footer-background": colours["devo-bar"],
            "footer-foreground": colours["devo-bar-ink"],
            "footer-key-foreground": colours["devo-bar-ink"],
            "footer-description-foreground": colours["devo-bar-muted"],
            "block-cursor-background": colours["devo-cursor"],
            "block-cursor-foreground": colours["devo-cursor-ink"],
            "block-cursor-blurred-background": colours["devo-idle"],
            "block-cursor-blurred-foreground": colours["devo-ink"],
            "block-hover-background": colours["devo-idle"],
            "border": colours["devo-focus"],
            "border-blurred": colours["devo-line"],
            "input-selection-background": colours["devo-cursor"],
            "scrollbar": colours["devo-line"],
            "scrollbar-hover": colours["devo-focus"],
            "scrollbar-active": colours["devo-focus"],
            "scrollbar-background": colours["devo-panel"],
            "scrollbar-background-hover": colours["devo-panel"],
            "scrollbar-background-active": colours["devo-panel"],
            "scrollbar-corner-color": colours["devo-panel"],
        },
    )


THEMES = (_theme("devo-light", LIGHT, dark=False), _theme("devo-dark", DARK, dark=True))


def contrast(ink: str, paper: str) -> float:
    """The contrast of two colours as WCAG 2.2 has it, 1 to 21."""
    one, two = sorted((_luminance(ink), _luminance(paper)), reverse=True)
    return (one + 0.05) / (two + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
