"""A second implementation of docs/scoring.md, as plain as it gets: lists, loops, fractions; nothing shared."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

LETTERS = "ABCD"


def plain_score(case: dict[str, Any]) -> dict[str, Any]:
    """The output for a case, both in the JSON shape of the page."""
    items = [dict(item, effective=effective_level(item)) for item in case["items"] if item["weight"] > 0]
    told = case["open_stop_and_tell"]
    modules = {
        name: plain_module([i for i in items if i["module"] == name], told=name in told)
        for name in case["modules_in_scope"]
    }
    in_scope = [i for i in items if i["module"] in modules]
    return {
        "modules": {name: figures for name, (figures, _) in modules.items()},
        "overall": plain_overall(case, modules, in_scope),
    }


def effective_level(item: dict[str, Any]) -> Fraction | None:
    if item["state"] != "answered" or item["level"] is None:
        return None
    grade, months, gate = item["grade"] or 0, item["months"] or 0, item["gate"]
    if grade == 0:
        top = 1
    elif grade == 1:
        top = 2
    elif gate == "seen":
        top = 4
    elif gate == "sample":
        top = grade + 1
    elif grade == 3 and months >= 12:
        top = 4
    else:
        top = 3 if months >= 3 else 2
    return min(Fraction(item["level"]), Fraction(top))


def applicable(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [i for i in items if i["condition"] and i["state"] != "not_applicable"]


def assessed(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [i for i in applicable(items) if i["effective"] is not None]


def points(items: list[dict[str, Any]]) -> Fraction | None:
    weight = sum(i["weight"] for i in assessed(items))
    if weight == 0:
        return None
    return 100 * sum((i["weight"] * i["effective"] / 4 for i in assessed(items)), Fraction(0)) / weight


def half_up(value: Fraction | None, digits: int) -> float | None:
    if value is None:
        return None
    return math.floor(value * 10**digits + Fraction(1, 2)) / 10**digits


def rating(figure: float | None) -> str | None:
    if figure is None:
        return None
    return "A" if figure >= 85 else "B" if figure >= 70 else "C" if figure >= 50 else "D"


def worst(raw: str | None, caps: list[dict[str, Any]]) -> str | None:
    if raw is None:
        return None
    return LETTERS[max([LETTERS.index(raw), *(LETTERS.index(cap["limit"]) for cap in caps)])]


def confidence(items: list[dict[str, Any]]) -> float | None:
    weight = sum(i["weight"] for i in assessed(items))
    if weight == 0:
        return None
    return half_up(Fraction(sum(i["weight"] * (i["grade"] or 0) for i in assessed(items)), 3 * weight), 3)


def critical_ids(items: list[dict[str, Any]], low: int) -> list[str]:
    return sorted(i["id"] for i in assessed(items) if i["critical"] and low <= i["effective"] < low + 1)


def plain_module(items: list[dict[str, Any]], *, told: bool) -> tuple[dict[str, Any], Fraction | None]:
    exact = points(items)
    figure = half_up(exact, 1)
    caps = [
        {"cause": "critical_at_1", "limit": "B", "ids": critical_ids(items, 1)},
        {"cause": "critical_at_0", "limit": "C", "ids": critical_ids(items, 0)},
    ]
    caps = [cap for cap in caps if cap["ids"]]
    if len(critical_ids(items, 0)) >= 3:
        caps.append({"cause": "three_critical_at_0", "limit": "D", "ids": critical_ids(items, 0)})
    if told:
        caps.append({"cause": "stop_and_tell", "limit": "D", "ids": []})
    sections: dict[str, Any] = {}
    covered = True
    for name in {i["section"] for i in items}:
        part = [i for i in items if i["section"] == name]
        a, b = len(assessed(part)), len(applicable(part))
        covered = covered and (b == 0 or Fraction(a, b) >= Fraction(2, 3))
        sections[name] = {"score": half_up(points(part), 1), "coverage": [a, b]}
    open_critical = any(i["critical"] and i["effective"] is None for i in applicable(items))
    rated = bool(assessed(items)) and covered and not open_critical
    step = staircase(items)
    asked = sum(i["weight"] for i in items if i["condition"])
    aside = sum(i["weight"] for i in items if i["condition"] and i["state"] == "not_applicable")
    sure = confidence(items)
    count = len(applicable(items))
    return {
        "score": figure,
        "raw_rating": rating(figure),
        "rating": worst(rating(figure), caps) if rated else None,
        "caps": caps,
        "coverage": half_up(Fraction(len(assessed(items)), count), 3) if count else None,
        "rated": rated,
        "limited_scope": bool(asked) and Fraction(aside, asked) > Fraction(15, 100),
        "confidence": sure,
        "low_confidence": sure is not None and sure < 0.5,
        "step": step,
        "blockers": blockers(items, step + 1) if step < 4 else [],
        "sections": sections,
    }, exact


def staircase(items: list[dict[str, Any]]) -> int:
    everything = sum(i["weight"] for i in assessed(items))
    step = 0
    while step < 4 and everything:
        n = step + 1
        heavy = sum(i["weight"] for i in assessed(items) if i["effective"] >= n)
        critical_ok = all(i["effective"] >= min(n, 2) for i in assessed(items) if i["critical"])
        if Fraction(heavy, everything) < Fraction(4, 5) or not critical_ok:
            break
        step = n
    return step


def blockers(items: list[dict[str, Any]], n: int) -> list[str]:
    below = [i for i in assessed(items) if i["effective"] < n]
    below.sort(key=lambda i: i["id"])
    below.sort(key=lambda i: i["effective"])
    below.sort(key=lambda i: i["weight"], reverse=True)
    below.sort(key=lambda i: i["critical"] and i["effective"] < min(n, 2), reverse=True)
    return [i["id"] for i in below]


def plain_overall(
    case: dict[str, Any],
    modules: dict[str, tuple[dict[str, Any], Fraction | None]],
    items: list[dict[str, Any]],
) -> dict[str, Any]:
    exact: Fraction | None = None
    if len(modules) == 4 and all(points is not None for _, points in modules.values()):
        weights = {name: Fraction(str(share)) for name, share in case["module_weights"].items()}
        exact = sum((weights[name] * (p or 0) for name, (_, p) in modules.items()), Fraction(0))
        exact /= sum(weights.values())
    figure = half_up(exact, 1)
    caps = []
    if critical_ids(items, 0):
        caps.append({"cause": "critical_at_0", "limit": "B", "ids": critical_ids(items, 0)})
    told = sorted(set(case["open_stop_and_tell"]) & set(modules))
    if told:
        caps.append({"cause": "stop_and_tell", "limit": "C", "ids": told})
    rated = figure is not None and all(m["rated"] for m, _ in modules.values())
    sure = confidence(items)
    return {
        "score": figure,
        "raw_rating": rating(figure),
        "rating": worst(rating(figure), caps) if rated else None,
        "caps": caps,
        "rated": rated,
        "limited_scope": any(m["limited_scope"] for m, _ in modules.values()),
        "confidence": sure,
        "low_confidence": sure is not None and sure < 0.5,
    }
