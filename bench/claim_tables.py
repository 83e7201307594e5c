"""The figures on claims as Markdown, for the page that explains them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from claim_sums import HALVES

__all__ = ["tables", "with_tables"]

BEGIN, END = "<!-- figures on claims: begin -->", "<!-- figures on claims: end -->"
HALF = {"dev": "dev (tuned on)", "held_out": "held out", "all": "all"}
SYSTEM = {"loccit": "Loccit", "overlap": "word overlap", "cosine": "MiniLM cosine"}
ALL_ROWS = (
    "All rows. *Found*: contradictions named as such. *Alarms*: true claims not supported. "
    "*Decided*: the verdict is supported or contradicted, not that the evidence says too little."
)
PLANTED = (
    "Planted faults, dev (tuned on) / held out. *Caught*: not supported. *Named*: the verdict is "
    "the label. In the last rows the claims are true, and what is not supported is a false alarm."
)
NOTHING = "–"  # noqa: RUF001 - a dash in a table


def with_tables(page: str, report: dict[str, Any]) -> str:
    """The page with the tables of this report between its two marks."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{tables(report)}\n{END}{after}"


def tables(report: dict[str, Any]) -> str:
    """All tables, with a line above each that says what it shows."""
    planted = report["sets"].get("planted_faults", {}).get("planted")
    parts = [
        f"On {report['machine']}.",
        ALL_ROWS,
        _by_system(report, "systems"),
    ]
    if any("sample" in each for each in report["sets"].values()):
        parts += [
            f"The rows that {report['model']} read too, at most 1,500 a set, drawn at random:",
            _by_system(report, "sample"),
        ]
    if planted:
        parts += [
            PLANTED,
            _faults(planted, "families"),
            "<details><summary>By fault</summary>\n",
            _faults(planted, "faults"),
            "</details>",
        ]
    parts += ["Time of one core:", _speed(report["speed"])]
    return "\n\n".join(parts)


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *map(list, rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _by_system(report: dict[str, Any], part: str) -> str:
    held = {name: each[part] for name, each in report["sets"].items() if part in each}
    systems = [each for each in SYSTEM if any(each in found for found in held.values())]
    heads = ["set", "half", "claims", *(f"{SYSTEM[each]}: macro-F1" for each in systems)]
    heads += ["Loccit: found", *(f"{SYSTEM[each]}: alarms" for each in systems)]
    heads += ["Loccit: decided", "right of these"]
    return _table(heads, _system_rows(held, systems))


def _system_rows(held: dict[str, Any], systems: list[str]) -> Iterator[list[str]]:
    for name, found in held.items():
        for half, own in found["loccit"].items():
            yield [
                f"`{name}`",
                HALF[half],
                f"{own['n']:,}",
                *(f"{found[system][half]['macro_f1']:.3f}" for system in systems),
                _percent(own["contradiction_recall"]),
                *(_percent(found[system][half]["false_alarm_rate"]) for system in systems),
                _percent(own["decided"]),
                _percent(own["right_of_decided"]),
            ]


def _faults(planted: dict[str, Any], part: str) -> str:
    heads = ["family" if part == "families" else "family/fault", "label", "claims", "caught"]
    heads += ["named", "caught by word overlap"]
    own, other = planted["loccit"][part], planted["overlap"][part]
    true = [name for name, each in own.items() if each["label"] == "SUPPORT"]
    faults = [name for name in own if name not in true]
    rows = [_fault_row(name, own[name], other[name]) for name in faults]
    alarms = [_fault_row(name, own[name], other[name]) for name in true]
    for row in alarms:
        row[3:] = [f"alarms {row[3]}", NOTHING, f"alarms {row[5]}"]
    return _table(heads, [*rows, *alarms])


def _fault_row(name: str, own: dict[str, Any], other: dict[str, Any]) -> list[str]:
    return [
        f"`{name}`",
        own["label"],
        " / ".join(f"{own[half]['n']:,}" if half in own else "0" for half in HALVES),
        _both(own, "caught"),
        _both(own, "named_right"),
        _both(other, "caught"),
    ]


def _both(held: dict[str, Any], what: str) -> str:
    shares = (held[half][what] / held[half]["n"] if half in held else None for half in HALVES)
    return " / ".join(map(_percent, shares))


def _speed(speed: dict[str, Any]) -> str:
    forms = [form for form in ("int8", "float32") if any(form in each for each in speed.values())]
    heads = ["set", "pairs", "first read: pairs/s", "read before: pairs/s"]
    heads += [f"one {form} MiniLM pass: ms" for form in forms]
    heads += [f"{form} pass : first read" for form in forms]
    rows = []
    for name, held in speed.items():
        row = [f"`{name}`", f"{held['pairs']:,}"]
        row += [f"{1 / held[each]:,.0f}" if held[each] else NOTHING for each in ("cold", "warm")]
        row += [f"{held[form] * 1000:.1f}" for form in forms]
        row += [f"{held[form] / held['cold']:.1f}" if held["cold"] else NOTHING for form in forms]
        rows.append(row)
    return _table(heads, rows)


def _percent(share: float | None) -> str:
    return NOTHING if share is None else f"{share:.1%}"
