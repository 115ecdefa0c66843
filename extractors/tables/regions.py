"""Where tables stand on a page: groups of horizontal rules of one width, matched with captions."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from extractors.boxes import inside
from extractors.records import BBox, Caption, Page, Rule, Word
from extractors.tables.bands import parts_tables
from extractors.tables.figures import figure_zones
from extractors.tables.lines import Line, each_line, is_number, read_lines
from extractors.tables.places import Places
from extractors.tables.settings import TableSettings


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of a page taken for a table, with its rules from top to bottom and the caption, if one was found."""

    bbox: BBox
    words: tuple[Word, ...]
    full_rules: tuple[float, ...]
    inner_rules: tuple[Rule, ...]
    walls: tuple[Rule, ...]
    caption: Caption | None


def find_regions(page: Page, captions: Sequence[Caption], settings: TableSettings) -> list[Region]:
    """Ruled regions with their captions; those beside a figure's or holding an algorithm's caption are left out."""
    horizontal = _joined([r for r in page.rules if r.is_horizontal], settings)
    groups = _groups(horizontal, settings)
    if not groups:
        return []
    places = Places(page.words)
    boxes = _split_groups(page, places, captions, groups, settings)
    tables = [c for c in captions if c.kind == "table"]
    others = [c for c in captions if c.kind != "table"]
    zones = figure_zones(page, captions, settings)
    owner = _match(boxes, tables, settings)
    out = []
    for k, rules in enumerate(boxes):
        box = _box(rules)
        if k not in owner and any(inside(box, z) for z in zones):
            continue
        if any(inside(c.bbox, box) for c in others) or (k not in owner and _near_other(box, others)):
            continue
        box = _extended(page, places, box, captions, [_box(o) for o in boxes if o is not rules], settings)
        box = _along_walls(page, box, captions)
        words = tuple(places.held(box))
        if len(words) < 4:
            continue
        inner = tuple(
            r
            for r in page.rules
            if r.is_horizontal and box[1] + 1 < r.y0 < box[3] - 1 and r.x0 > box[0] - 4 and r.x1 < box[2] + 4
        )
        out.append(Region(box, words, tuple(r.y0 for r in rules), inner, walls_in(page, box), owner.get(k)))
    return out


def walls_in(page: Page, box: BBox) -> tuple[Rule, ...]:
    """The vertical rules within a box."""
    return tuple(
        r
        for r in page.rules
        if not r.is_horizontal and box[0] - 3 <= r.x0 <= box[2] + 3 and r.y1 > box[1] - 1 and r.y0 < box[3] + 1
    )


def _along_walls(page: Page, box: BBox, captions: Sequence[Caption]) -> BBox:
    """The box with the rows above its first rule and below its last one beside which two vertical rules go on."""
    walls = [r for r in page.rules if not r.is_horizontal and box[0] - 3 <= r.x0 <= box[2] + 3]
    top, bottom = box[1], box[3]
    while True:
        up = sorted(r.y0 for r in walls if r.y0 < top - 4 and r.y1 > top - 3)
        down = sorted((r.y1 for r in walls if r.y1 > bottom + 4 and r.y0 < bottom + 3), reverse=True)
        higher, lower = up[1] if len(up) > 1 else top, down[1] if len(down) > 1 else bottom
        if (higher, lower) == (top, bottom):
            break
        top, bottom = higher, lower
    grown = (box[0], top, box[2], bottom)
    return box if any(inside(c.bbox, grown) for c in captions) else grown


def _extended(
    page: Page,
    places: Places,
    box: BBox,
    captions: Sequence[Caption],
    others: Sequence[BBox],
    settings: TableSettings,
) -> BBox:
    """The box with the header that stands above a table without a top rule, and the rows below one without a last rule.

    Above: only where the first line under the first rule is a row of numbers, up to three lines. Below: rows of numbers
    that follow at the pitch of lines.
    """
    inside = read_lines([w for w in places.held(box) if w.direction == 0], settings)
    if not inside:
        return box
    taken = {k for b in (box, *others, *(c.bbox for c in captions)) for k in places.numbers(b)}
    column = places.numbers((box[0], box[1] - 60, box[2], box[3] + 400))
    free = [w for k in column if k not in taken and not (w := page.words[k]).direction]
    top, bottom = box[1], box[3]
    size = statistics.median(n.size for n in inside)
    pitches = [b.baseline - a.baseline for a, b in itertools.pairwise(inside)]
    reach = max(0.9, (statistics.median(pitches) / size if pitches else 0.0) - 0.6)
    if _has_numbers(inside[0]):
        near = [w for w in free if box[1] - 60 < w.bbox[1] and w.bbox[3] <= box[1] + 2]
        for line in reversed(read_lines(near, settings)[-3:]):
            if top - line.bottom > reach * line.size or len(line.chunks) < 2 or len(line.chunks[0].words) > 8:
                break
            top = line.top - 0.5
    near = [w for w in free if w.bbox[1] >= box[3] - 2 and w.bbox[3] < box[3] + 400]
    for line in each_line(near, settings):
        if line.top - bottom > reach * line.size or len(line.chunks) < 2 or not _has_numbers(line):
            break
        bottom = line.bottom + 0.5
    return (box[0], top, box[2], bottom)


def _has_numbers(line: Line) -> bool:
    return sum(is_number(c.text) for c in line.chunks[1:]) * 2 > len(line.chunks[1:]) > 0


def _joined(rules: list[Rule], settings: TableSettings) -> list[Rule]:
    """Segments on one height that meet, as one rule; short ones that stay short are left out."""
    out: list[Rule] = []
    for rule in sorted(rules, key=lambda r: (round(r.y0), r.x0, r.x1)):
        last = out[-1] if out else None
        if last and abs(last.y0 - rule.y0) < 1 and rule.x0 - last.x1 <= settings.rule_join and rule.x0 >= last.x0:
            out[-1] = Rule(last.x0, last.y0, max(last.x1, rule.x1), last.y0, max(last.width, rule.width))
        else:
            out.append(rule)
    return sorted((r for r in out if r.x1 - r.x0 >= settings.rule_min_length), key=lambda r: (r.y0, r.x0))


def _groups(rules: list[Rule], settings: TableSettings) -> list[list[Rule]]:
    """Rules with the same ends, as those of one table or of several below each other; each joins the group whose ends
    are nearest to its own."""
    groups: list[list[Rule]] = []
    for rule in rules:
        fits = [(d, k) for k, g in enumerate(groups) if (d := _apart(g[-1], rule)) <= settings.rule_align]
        if fits:
            group = groups[min(fits)[1]]
            if rule.y0 - group[-1].y0 > 1:
                group.append(rule)
        else:
            groups.append([rule])
    return [g for g in groups if len(g) > 1]


def _apart(a: Rule, b: Rule) -> float:
    return max(abs(a.x0 - b.x0), abs(a.x1 - b.x1))


def _outermost(groups: list[list[Rule]], settings: TableSettings) -> list[list[Rule]]:
    """Without the groups that cmidrules form inside a table: those of one table that happen to be alike."""
    slack = settings.rule_align
    return [
        g
        for g in groups
        if not any(
            o is not g
            and o[0].x0 <= g[0].x0 + slack
            and o[0].x1 >= g[0].x1 - slack
            and o[0].x1 - o[0].x0 > g[0].x1 - g[0].x0 + 2 * slack
            and o[0].y0 < g[0].y0
            and o[-1].y0 > g[-1].y0
            for o in groups
        )
    ]


def _split_groups(
    page: Page, places: Places, captions: Sequence[Caption], groups: list[list[Rule]], settings: TableSettings
) -> list[list[Rule]]:
    """Groups cut where a caption, running text or nothing at all stands between two rules."""
    out: list[list[Rule]] = []
    for group in groups:
        part = [group[0]]
        for upper, lower in itertools.pairwise(group):
            band = (upper.x0, upper.y0, upper.x1, lower.y0)
            if parts_tables(page, places, captions, band, settings):
                out.append(part)
                part = [lower]
            else:
                part.append(lower)
        out.append(part)
    return _outermost([p for p in out if len(p) > 1], settings)


def _box(rules: Sequence[Rule]) -> BBox:
    return (min(r.x0 for r in rules), rules[0].y0, max(r.x1 for r in rules), rules[-1].y0)


def _near_other(box: BBox, others: Sequence[Caption]) -> bool:
    """Whether a figure's caption stands right below, or an algorithm's right at the top."""
    return any(
        min(box[2], c.bbox[2]) - max(box[0], c.bbox[0]) > 0
        and (-3 <= c.bbox[1] - box[3] < 25 or abs(c.bbox[1] - box[1]) < 12)
        for c in others
    )


def _match(boxes: list[list[Rule]], captions: list[Caption], settings: TableSettings) -> dict[int, Caption]:
    """Each caption to its nearest region above or below in the same column, nearest pairs first."""
    pairs = []
    for k, rules in enumerate(boxes):
        box = _box(rules)
        for c, caption in enumerate(captions):
            shared = min(box[2], caption.bbox[2]) - max(box[0], caption.bbox[0])
            if shared < 0.3 * min(box[2] - box[0], caption.bbox[2] - caption.bbox[0]):
                continue
            below, above = caption.bbox[1] - box[3], box[1] - caption.bbox[3]
            gap, side = (below, "below") if below > above else (above, "above")
            if -4 <= gap <= settings.caption_reach:
                pairs.append((gap, k, c, side))
    return _best_side(pairs, captions)


def _best_side(pairs: list[tuple[float, int, int, str]], captions: list[Caption]) -> dict[int, Caption]:
    """A page sets its captions on one side: the side that leaves fewest without a table goes first, then the rest."""
    plans = []
    for side in ("above", "below"):
        owner: dict[int, int] = {}
        total = 0.0
        for only in (True, False):
            for gap, k, c, at in sorted(pairs):
                if k not in owner and c not in owner.values() and (at == side) == only:
                    owner[k] = c
                    total += gap + (0 if only else 100)
        plans.append((-len(owner), total, side, owner))
    return {k: captions[c] for k, c in min(plans)[3].items()}
