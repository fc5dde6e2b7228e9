"""The report of a run: plain data for JSON, and its Markdown tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from tests.benchmarks.timing import Latency, Task, overlap, percentile

Report = dict[str, Any]
"""What a run found; the keys are those that the functions below read."""

TASKS = {Task.PASSAGES: "Ten hits with their excerpts", Task.IDS: "Ten ids alone"}


def summarise(latencies: Sequence[Latency]) -> dict[str, dict[str, float]]:
    """Return the milliseconds of each kind of query: percentiles over the queries."""
    kinds = dict.fromkeys(latency.kind for latency in latencies)
    return {kind: _percentiles([latency for latency in latencies if latency.kind == kind]) for kind in kinds}


def compare_ids(
    found: dict[str, list[list[str] | None]], kinds: Sequence[str], against: str
) -> dict[str, dict[str, dict[str, float]]]:
    """Return, by engine and kind, the mean overlap of its ids with those of `against`, and the share without any."""
    report: dict[str, dict[str, dict[str, float]]] = {}
    for name, answers in found.items():
        for kind in dict.fromkeys(kinds):
            pairs = [
                (mine, theirs)
                for mine, theirs, each in zip(answers, found[against], kinds, strict=True)
                if each == kind and mine is not None
            ]
            if pairs:
                report.setdefault(name, {})[kind] = {
                    "overlap": sum(overlap(mine, theirs or []) for mine, theirs in pairs) / len(pairs),
                    "empty": sum(not mine for mine, _ in pairs) / len(pairs),
                }
    return report


def as_markdown(report: Report) -> str:
    """Return the tables of a run."""
    parts = [_heading(report), _builds(report)]
    parts += [_latencies(report, task, title) for task, title in TASKS.items() if report["latencies"].get(task)]
    parts.append(_agreement(report))
    if report.get("http"):
        parts.append(_pages(report["http"]))
    if report["left_out"]:
        parts.append("\n".join(f"Left out: {name} ({reason})." for name, reason in report["left_out"].items()))
    return "\n\n".join(parts)


def growth(reports: Sequence[Report]) -> str:
    """Return the table of several runs that differ by their size: p50 of ten hits with excerpts (or of ids)."""
    rows = []
    for task in TASKS:
        for kind in dict.fromkeys(kind for report in reports for kind in report["kinds"]):
            for name in dict.fromkeys(name for report in reports for name in report["latencies"].get(task, {})):
                times = [report["latencies"].get(task, {}).get(name, {}).get(kind) for report in reports]
                if any(times):
                    rows.append([task.value, kind, name, *(_ms(time["p50"]) if time else "–" for time in times)])
    sizes = [f"{report['corpus']['documents']:,}" for report in reports]
    return "### Growth: p50, CPU ms\n\n" + table(["task", "query", "engine", *sizes], rows)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table whose first column is words and whose others are figures."""
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _percentiles(latencies: Sequence[Latency]) -> dict[str, float]:
    cpu, clock = [latency.cpu for latency in latencies], [latency.clock for latency in latencies]
    return {
        "p50": 1000 * percentile(cpu, 50),
        "p95": 1000 * percentile(cpu, 95),
        "clock_p50": 1000 * percentile(clock, 50),
        "clock_p95": 1000 * percentile(clock, 95),
        "first_p50": 1000 * percentile([latency.first for latency in latencies], 50),
    }


def _heading(report: Report) -> str:
    corpus, machine = report["corpus"], report["machine"]
    versions = ", ".join(f"{name} {version}" for name, version in report["versions"].items())
    return (
        f"### {corpus['documents']:,} articles, {corpus['text_bytes'] / 1e6:,.0f} MB of text ({corpus['source']})\n\n"
        f"{report['date']}, {machine['cores']} cores, {machine['memory']:.0f} GB, load {machine['load']:.1f}, "
        f"Python {machine['python']}. {versions}."
    )


def _builds(report: Report) -> str:
    """Return the table of builds, openings and memory."""
    text = report["corpus"]["text_bytes"]
    reference = report["builds"][report["against"]]["seconds"]
    rows = []
    for name, built in report["builds"].items():
        opened = report["openings"][name]
        rows.append(
            [
                name,
                f"{built['seconds']:.1f}",
                f"{built['cpu_seconds']:.1f}",
                f"{report['corpus']['documents'] / built['seconds']:,.0f}",
                f"{built['seconds'] / reference:.2f}",
                f"{built['peak_bytes'] / 1e6:,.0f}",
                f"{built['index_bytes'] / 1e6:,.1f}",
                f"{built['index_bytes'] / text:.2f}",
                _ms(1000 * opened["open"]),
                _ms(1000 * opened["first"]),
                f"{opened['resident'] / 1e6:,.0f}",
                f"{opened['own'] / 1e6:,.0f}" if "own" in opened else "–",
            ]
        )
    head = ["build", "s", "CPU s", "articles/s", f"s / {report['against']}", "peak MB", "index MB", "index / text"]
    return table([*head, "open ms", "to 1st answer ms", "RSS MB after queries", "of its own"], rows)


def _latencies(report: Report, task: Task, title: str) -> str:
    """Return the two tables of a task: milliseconds, then ratios to the reference."""
    engines: dict[str, dict[str, dict[str, float]]] = report["latencies"][task]
    reference = engines.get(report["against"], {})
    times, ratios = [], []
    for kind in report["kinds"]:
        cells = [engine.get(kind) for engine in engines.values()]
        if not any(cells):
            continue
        times.append([kind, *(f"{_ms(cell['p50'])} / {_ms(cell['p95'])}" if cell else "–" for cell in cells)])
        if base := reference.get(kind):
            ratios.append([kind, *(_ratio(cell, base) if cell else "–" for cell in cells)])
    parts = [f"**{title}**: CPU ms, p50 / p95", table(["query", *engines], times)]
    if ratios:
        parts += [f"**{title}**: times {report['against']}'s, p50 / p95", table(["query", *engines], ratios)]
    return "\n\n".join(parts)


def _agreement(report: Report) -> str:
    agreement = report["agreement"]
    rows = [
        [kind, *(_agreed(engine[kind]) if kind in engine else "–" for engine in agreement.values())]
        for kind in report["kinds"]
    ]
    title = (
        f"**Agreement**: share of the ids that are {report['against']}'s too (∅: share of the queries without answer)"
    )
    return f"{title}\n\n{table(['query', *agreement], rows)}"


def _agreed(cell: dict[str, float]) -> str:
    return f"{cell['overlap']:.2f}" + (f" (∅ {cell['empty']:.2f})" if cell["empty"] else "")


def _pages(pages: dict[str, Any]) -> str:
    """Return the table of search pages over HTTP."""
    row = [
        f"{pages['clients']}",
        f"{pages['per_second']:.0f}",
        _ms(pages["p50"]),
        _ms(pages["p95"]),
        f"{pages['resident'] / 1e6:,.0f}",
    ]
    head = ["clients", "pages/s", "p50 ms", "p95 ms", "server's RSS MB"]
    return f"**Search pages over HTTP** (Furet; server and clients on the same machine)\n\n{table(head, [row])}"


def _ratio(cell: dict[str, float], base: dict[str, float]) -> str:
    return f"{cell['p50'] / base['p50']:.2f} / {cell['p95'] / base['p95']:.2f}"


def _ms(milliseconds: float) -> str:
    """Return milliseconds with three significant digits at most."""
    if milliseconds >= 100:
        return f"{milliseconds:,.0f}"
    return f"{milliseconds:.{3 if milliseconds < 1 else 2 if milliseconds < 10 else 1}f}"
