"""`ask`: any question by its name, plugins' included."""

from __future__ import annotations

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
    if results is not None:
        from devo.cli.kept import ask_kept

        return ask_kept(common, results, question, dict(_pair(term, kept=True) for term in terms))
    given = dict(_pair(term) for term in terms)
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


def _pair(term: str, *, kept: bool = False) -> tuple[str, str]:
    name, equals, value = term.partition("=")
    if not equals or not name.strip():
        raise click.BadParameter(
            f"{term!r} is not NAME=VALUE, such as place=Manchester", param_hint="'--term'"
        )
    # The columns of kept rows are called as somebody called their parameters and figures.
    return name.strip() if kept else name.strip().replace("-", "_"), value.strip()


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
