"""``python -m tests.benchmarks``: Furet and its peers, side by side. See README.md in this folder."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from tests.benchmarks.children import CHECKOUT
from tests.benchmarks.engines import ENGINES
from tests.benchmarks.queries import KINDS
from tests.benchmarks.report import as_markdown, growth
from tests.benchmarks.run import Plan, run

SLOW = {"whoosh"}
"""Engines to ask for by name when the corpus is large: three minutes to index 100,000 articles, hours for a million."""

LARGE = 20_000


def _names(known: Sequence[str], given: str | None, usual: Sequence[str]) -> Sequence[str]:
    """Return the names of a comma-separated list, the usual ones without it. Raises BadParameter for an unknown one."""
    names = [name.strip() for name in given.split(",")] if given else usual
    for name in names:
        if name not in known:
            told = f"{name}: not one of {', '.join(known)}"
            raise click.BadParameter(told)
    return names


@click.command(context_settings={"help_option_names": ["-h", "--help"], "show_default": True})
@click.option(
    "--corpus",
    type=click.Path(path_type=Path, exists=True, resolve_path=True),
    default=CHECKOUT / "corpus",
    metavar="PATH",
    help="A .jsonl or .jsonl.xz file, or a folder of articles.",
)
@click.option(
    "--size",
    "sizes",
    type=click.IntRange(10),
    multiple=True,
    help="Articles: sampled, or recombined beyond the corpus. Repeat for a growth table.  "
    "[default: all of a file; 5,000 from a folder]",
)
@click.option(
    "--engines", metavar="A,B", help=f"Among {', '.join(ENGINES)}.  [default: all; whoosh up to {LARGE:,} articles]"
)
@click.option("--kinds", metavar="A,B", help="Kinds of queries, by their labels in the tables.")
@click.option("--queries", type=click.IntRange(1), default=30, help="Queries of each kind.")
@click.option("--rounds", type=click.IntRange(1), default=5, help="Timed rounds, after a warm-up.")
@click.option("--turn", type=click.IntRange(1), default=10, help="Queries that an engine answers in a row.")
@click.option(
    "--http", type=click.FloatRange(0), default=0.0, metavar="SECONDS", help="Also ask Furet's server for pages."
)
@click.option("--rebuild", "anew", is_flag=True, help="Build indexes anew even if they are there.")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, resolve_path=True),
    default=CHECKOUT / ".furet" / "bench",
    metavar="PATH",
    help="Where corpora and indexes are kept.",
)
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE.json", help="Also write everything as JSON.")
def main(
    *, corpus: Path, sizes: tuple[int, ...], engines: str | None, kinds: str | None, out: Path | None, **options: Any
) -> None:
    """Build and query Furet and its peers on one corpus, in one run, and print Markdown tables."""
    reports = []
    for size in sizes or ((5_000,) if corpus.is_dir() else (None,)):
        usual = [name for name in ENGINES if name not in SLOW or (size is not None and size <= LARGE)]
        plan = Plan(
            source=corpus,
            size=size,
            engines=_names(list(ENGINES), engines, usual),
            kinds=_names(list(KINDS), kinds, list(KINDS)),
            **options,
        )
        reports.append(run(plan, lambda step: click.echo(f"… {step}", err=True)))
        click.echo(as_markdown(reports[-1]) + "\n")
    if len(reports) > 1:
        click.echo(growth(reports))
    if out:
        out.write_text(json.dumps(reports, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
