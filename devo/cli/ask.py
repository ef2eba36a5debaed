"""`ask`: any question by its name, plugins' included."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from devo.cli.options import Common, asking

if TYPE_CHECKING:
    from devo.tools import Term


@click.command
@click.argument("question", required=False)
@click.option("--term", "terms", multiple=True, metavar="NAME=VALUE", help="A term of the question; repeat.")
@click.option(
    "--results",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Ask the sweeps that `devo run --results DIR` kept, in all their variants.",
)
@asking
def ask(common: Common, question: str | None, terms: tuple[str, ...], results: Path | None) -> int:
    """Ask QUESTION with its terms; without one, list the questions with their terms."""
    given = _given(terms, kept=results is not None)
    if results is not None:
        from devo.cli.kept import ask_kept

        return ask_kept(common, results, question, given)
    if question is None:
        if given:
            raise click.UsageError("--term goes with a question; name one (`devo ask` alone lists them)")
        return _list(common)
    from devo.cli.output import show
    from devo.cli.pages import asked, page_of, verdict

    world = common.world()
    answer = asked(world, common, question, given)
    show(page_of(answer, world, common), common)
    return verdict(answer.findings)


def _given(terms: Iterable[str], *, kept: bool) -> dict[str, str]:
    """Terms by name. Wrong usage for one without a value, and for one given twice."""
    given: dict[str, str] = {}
    for term in terms:
        name, equals, value = (part.strip() for part in term.partition("="))
        if not equals or not name:
            raise _wrong(f"{term!r} is not NAME=VALUE, such as place=Manchester")
        # The columns of kept rows are called as somebody called their parameters and figures.
        name = name if kept else name.replace("-", "_")
        if name in given:
            raise _wrong(f"{name} is given twice, as {given[name]!r} and as {value!r}; ask once for each")
        given[name] = value
    return given


def _wrong(message: str) -> click.BadParameter:
    return click.BadParameter(message, param_hint="'--term'")


def _list(common: Common) -> int:
    from devo.cli.output import show
    from devo.formats import Grid, Page, Records
    from devo.toolbox import toolbox

    questions = toolbox(common.plugins).questions.values()
    rows = [
        {
            "name": tool.name,
            "terms": [_term(term) for term in tool.terms],
            "help": tool.help.partition("\n")[0],
            "plugin": tool.plugin,
        }
        for tool in questions
    ]
    cells = tuple((str(r["name"]), ", ".join(r["terms"]), str(r["help"]), str(r["plugin"])) for r in rows)
    page = Page(
        title="Questions",
        paragraphs=("devo ask QUESTION --term NAME=VALUE; terms in [brackets] may be left out.",),
        grids=(Grid(("Question", "Terms", "What it answers", "Plugin"), cells, wide=frozenset({"Plugin"})),),
        envelope={"schema": "devo.questions/1", "questions": rows},
        records=Records(("name", "terms", "help", "plugin"), tuple(rows)),
    )
    show(page, common)
    return 0


def _term(term: Term) -> str:
    return term.name if term.required else f"[{term.name}]"
