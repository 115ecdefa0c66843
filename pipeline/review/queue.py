"""The list of what to review, from a published snapshot: answers of the front page, refuted claims, conflicts, unlinked
names, unsure rows; in the order in which a maintainer's minute counts most."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set

from expectations.corrections import Corrections
from extractors.registry.names import key
from pipeline.review.material import KINDS, Item, Material, Row
from pipeline.review.weights import WEIGHTS, Weights
from pipeline.site.answers import Answer

_PLACES = 3  # places that the evidence of a name shows
_LINES = 8  # results that the evidence of a claim or conflict shows


def review_items(
    material: Material, said: Corrections, answers: Sequence[Answer] = (), weights: Weights = WEIGHTS
) -> list[Item]:
    """All items that nobody has spoken on yet, the most valuable first; equal ones by kind and id. `answers` are those
    that the front page gives from the same snapshot."""
    done = {row.key for row in said.rows}
    names = {(link.kind, key(link.name), link.paper_id) for link in said.links}
    found = [
        *_answers(material, answers, weights),
        *_claims(material, weights),
        *_conflicts(material, weights),
        *_unsure(material, weights),
        *_doubtful(material, weights),
    ]
    items = [item for item in found if (item.table, item.row_id) not in done]
    items += [*_names(material, names, weights), *_lost(material, said, weights)]
    return sorted(items, key=lambda item: (-item.value, KINDS.index(item.kind), item.table, item.row_id))


def _lost(material: Material, said: Corrections, weights: Weights) -> Iterator[Item]:
    """Corrections that found no row when the snapshot was made and that still stand in the file."""
    still = {row.key for row in said.rows}
    for entry in material.rows["corrections"]:
        if entry["status"] == "lost" and (entry["table_name"], entry["row_id"]) in still:
            values = (f"it sets {entry['values_json']}",) if entry["values_json"] else ()
            yield Item(
                "lost",
                entry["table_name"],
                entry["row_id"],
                entry["paper_id"],
                weights.lost_rows,
                f"lost: {entry['action']} {entry['table_name']} {entry['row_id']}",
                (f"{entry['author']}: {entry['reason']}", *values, *material.look(entry["paper_id"], None)),
            )


def _answers(material: Material, answers: Sequence[Answer], weights: Weights) -> Iterator[Item]:
    """The comparisons that the front's leads rest on. The fewer papers show a lead, the more hangs on each."""
    for answer in answers:
        for line in answer.won:
            for one in {c.row["comparison_id"]: c for c in (line.shown, line.widest) if c is not None}.values():
                row = one.row
                pair = [material.results[i] for i in row["result_ids"]]
                doubt = 1 - min(r["confidence"] for r in pair)
                chance = max(doubt, weights.wrong_answer if one.reports else weights.wrong_lone_answer)
                others = f"{len(one.reports)} other papers report the closed model here" if one.reports else None
                yield Item(
                    "answer",
                    "comparisons",
                    row["comparison_id"],
                    row["paper_id"],
                    chance * weights.answer_rows / line.ahead,
                    f"{answer.title}: {row['model_raw']} leads {row['baseline_id']} on {row['benchmark_raw']}"
                    f" by {one.lead:g}",
                    (
                        *(material.told(r["result_id"]) for r in pair),
                        others or "no other paper reports the closed model here",
                        *material.look(row["paper_id"], pair[0]["page"]),
                    ),
                )


def _claims(material: Material, weights: Weights) -> Iterator[Item]:
    for claim in material.rows["claims"]:
        if claim["verdict"] in ("refuted", "unit_error"):
            chance = max(weights.wrong_refutation, 1 - claim["confidence"])
            title = f"{claim['verdict']}: {claim['subject_raw']} {claim['relation']} {claim['baseline_raw']}"
            yield Item(
                "claim",
                "claims",
                claim["claim_id"],
                claim["paper_id"],
                chance * weights.refutation_rows,
                title,
                (
                    f"{claim['paper_id']} p. {claim['page']}: {claim['sentence']}",
                    f"arithmetic: {claim['verdict_reason']}",
                    *_some([material.told(i) for i in claim["evidence"]]),
                    *material.look(claim["paper_id"], claim["page"]),
                ),
            )


def _conflicts(material: Material, weights: Weights) -> Iterator[Item]:
    for conflict in material.rows["conflicts"]:
        is_open = conflict["kind"] in ("unexplained", "transposed")
        chance = weights.wrong_conflict if is_open else weights.explained_conflict
        papers = conflict["paper_ids"]
        yield Item(
            "conflict",
            "conflicts",
            conflict["conflict_id"],
            papers[0] if len(papers) == 1 else None,
            chance * (2 + min(len(conflict["flipped_comparison_ids"]), weights.rows_a_paper)),
            f"{conflict['kind']}: {conflict['model_id']} on {conflict['benchmark_id']}, {conflict['spread']:g} apart",
            _some([material.told(i) for i in conflict["result_ids"]]),
        )


def _unsure(material: Material, weights: Weights) -> Iterator[Item]:
    for rejection in material.rows["rejected"]:
        if rejection["check_name"] == "unsure":
            row = json.loads(rejection["row_json"])
            named = f"{row.get('model_raw')} on {row.get('benchmark_raw') or 'no benchmark named'}"
            yield Item(
                "unsure",
                rejection["table_name"],
                rejection["row_id"],
                rejection["paper_id"],
                min(weights.unsure_row, row["confidence"]),
                f"kept out: {named}: {row.get('score_text')}",
                (material.place(row), rejection["reason"], *material.look(row["paper_id"], row["page"])),
            )


def _doubtful(material: Material, weights: Weights) -> Iterator[Item]:
    """Published rows, by how unsure they are and what hangs on them."""
    for result in material.rows["results"]:
        reach = 1 + min(material.hanging.get(result["result_id"], 0), weights.rows_a_paper)
        about = f"{result['model_raw']} on {result['benchmark_raw'] or 'no benchmark named'}: {result['score_text']}"
        yield Item(
            "doubtful",
            "results",
            result["result_id"],
            result["paper_id"],
            (1 - result["confidence"]) * reach,
            about,
            (
                material.place(result),
                f"confidence {result['confidence']:g}: {'; '.join(result['doubts'])}",
                *material.look(result["paper_id"], result["page"]),
            ),
        )
    for claim in material.rows["claims"]:
        if claim["verdict"] not in ("refuted", "unit_error"):
            yield Item(
                "doubtful",
                "claims",
                claim["claim_id"],
                claim["paper_id"],
                1 - claim["confidence"],
                f"{claim['subject_raw']} {claim['relation']} {claim['baseline_raw']}",
                (
                    f"{claim['paper_id']} p. {claim['page']}: {claim['sentence']}",
                    f"found by rule {claim['rule']}",
                    *material.look(claim["paper_id"], claim["page"]),
                ),
            )


def _names(material: Material, done: Set[tuple[str, str, str | None]], weights: Weights) -> Iterator[Item]:
    for kind in ("model", "benchmark", "metric"):
        rows = [r for r in material.rows["results"] if r[f"{kind}_raw"] and r[f"{kind}_id"] is None]
        for name, found in _by_name(rows, f"{kind}_raw").items():
            places = [r for r in found if done.isdisjoint({(kind, name, None), (kind, name, r["paper_id"])})]
            if not places:
                continue
            counts = Counter(r["paper_id"] for r in places)
            papers = sorted(counts)
            reach = sum(min(n, weights.rows_a_paper) for n in counts.values())
            spellings = Counter(r[f"{kind}_raw"] for r in places)
            common = min(spellings, key=lambda s: (-spellings[s], s))
            chance = weights.own_name
            if len(papers) > 1:
                chance = weights.known_name if material.near(f"{kind}s", common) else weights.shared_name
            one = papers[0] if len(papers) == 1 else None
            title = f"{kind} {common!r} is not linked: {len(places)} scores in {len(papers)} papers"
            yield Item("name", f"{kind}s", common, one, chance * reach, title, tuple(_first(material, places)))


def _by_name(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    out: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows:
        out[key(row[column])].append(row)
    out.pop("", None)
    return out


def _first(material: Material, places: Sequence[Row]) -> Iterator[str]:
    """The first place of each paper, a few papers."""
    seen: dict[str, str] = {}
    for row in places:
        seen.setdefault(row["paper_id"], material.told(row["result_id"]))
    yield from list(seen.values())[:_PLACES]


def _some(lines: Sequence[str]) -> tuple[str, ...]:
    more = (f"and {len(lines) - _LINES} more",) if len(lines) > _LINES else ()
    return (*lines[:_LINES], *more)
