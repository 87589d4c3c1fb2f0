"""``sijill rules``: check, try and test the rules."""

from __future__ import annotations

from typing import Annotated

import typer

from sijill.cli_ends import DONE, FAILED, SKIPPED, clean_end, read_day, refuse, say, stdout_console

rules = typer.Typer(help="Check, try and test the rules.", no_args_is_help=True)


@rules.command()
def check() -> None:
    """Load all knowledge and run every example of every rule."""
    with clean_end():
        from sijill.errors import KnowledgeError
        from sijill.extract.check import check_rules

        try:
            faults = check_rules()
        except KnowledgeError as error:
            faults = error.faults
        for fault in faults:
            print(fault)
        say(f"{len(faults)} faults" if faults else "every example is read as it says")
        raise typer.Exit(FAILED if faults else DONE)


@rules.command("try")
def try_sentence(
    sentence: Annotated[str, typer.Argument(help="An Arabic sentence.")],
    on: Annotated[
        str | None, typer.Option(metavar="DAY", help="The day it was written, as 2017-03-09.")
    ] = None,
) -> None:
    """Show which rules fire on a sentence and what they make of it."""
    with clean_end():
        from sijill import show
        from sijill.pipeline import Pipeline

        seen = Pipeline().see(sentence, read_day(on))
        fired = [one for one in seen if one.kind in ("trigger", "report")]
        show.seen_table(sentence, fired, stdout_console())


@rules.command()
def test(
    ident: Annotated[str, typer.Argument(metavar="ID", help="A rule, such as capture.take.")],
) -> None:
    """Run the examples of one rule."""
    with clean_end():
        from sijill.extract.check import test_rule

        outcomes = test_rule(ident)
        for outcome in outcomes:
            print(f"{outcome.where}: {outcome.problem or f'ok: {outcome.text}'}")
        raise typer.Exit(FAILED if any(one.problem for one in outcomes) else DONE)


@rules.command()
def unused(
    corpus: Annotated[list[str], typer.Argument(help="Files or folders.", metavar="CORPUS")],
) -> None:
    """List the rules that make nothing of any article in a corpus."""
    with clean_end():
        from sijill.extract.check import unused
        from sijill.extract.reader import load_extractor
        from sijill.ingest.files import read_articles
        from sijill.issues import IssueLog

        log = IssueLog()
        texts = [article.text for article in read_articles(corpus, log)]
        for issue in log.skipped():
            say(f"skipped: {issue}")
        if not texts:
            refuse("no article was read, so nothing can be said about the rules")
        for ident in unused(load_extractor(), texts):
            print(ident)
        raise typer.Exit(SKIPPED if log.skipped() else DONE)
