"""Score cases read from JSON, and scores written to it, in the shape of docs/scoring.md."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from typing import Any

from pydantic import ValidationError

from greenaudit.domain.scores import Cap, ModuleScore, OverallScore, Score, ScoreCase
from greenaudit.errors import KnownError
from greenaudit.messages import msg


def case_from_json(text: str | bytes) -> ScoreCase:
    """Reads a case, its numbers exactly as they are written. Raises KnownError when it isn't one."""
    return case_from_value(value_from_json(text))


def value_from_json(text: str | bytes) -> Any:
    """What JSON says, its numbers exactly as they are written."""
    try:
        return json.loads(text, parse_float=Decimal, parse_constant=_no_number)
    except (ValueError, RecursionError, InvalidOperation) as error:
        raise KnownError(
            "case_unreadable",
            msg("This is not JSON. Give a file with one case in the shape of docs/scoring.md."),
        ) from error


def case_from_value(value: Any, place: tuple[str, ...] = ()) -> ScoreCase:
    """A case from JSON values; `place` says where in a larger file it stands."""
    try:
        return ScoreCase.model_validate(value)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise case_wrong((*place, *map(str, first["loc"]))) from error
    except (ValueError, InvalidOperation) as error:
        raise case_wrong(place) from error


def case_wrong(place: tuple[str, ...]) -> KnownError:
    """What is said of a file that holds something else than cases."""
    return KnownError(
        "case_wrong",
        msg(
            "This is not a case to score: {place} is wrong or missing. docs/scoring.md shows the shape.",
            place=".".join(place) or "case",
        ),
    )


def _no_number(name: str) -> Decimal:
    raise ValueError(name)


def score_to_json(score: Score) -> dict[str, Any]:
    """The score as JSON values; figures become numbers with the decimals they are printed with."""
    return {
        "modules": {name: _module(module) for name, module in score.modules.items()},
        "overall": _overall(score.overall),
    }


def _module(module: ModuleScore) -> dict[str, Any]:
    return {
        **_shared(module),
        "coverage": _number(module.coverage),
        "step": module.step,
        "blockers": list(module.blockers),
        "sections": {
            name: {"score": _number(section.score), "coverage": list(section.coverage)}
            for name, section in module.sections.items()
        },
    }


def _overall(overall: OverallScore) -> dict[str, Any]:
    return _shared(overall)


def _shared(part: ModuleScore | OverallScore) -> dict[str, Any]:
    return {
        "score": _number(part.score),
        "raw_rating": part.raw_rating,
        "rating": part.rating,
        "caps": [_cap(cap) for cap in part.caps],
        "rated": part.rated,
        "limited_scope": part.limited_scope,
        "confidence": _number(part.confidence),
        "low_confidence": part.low_confidence,
    }


def _cap(cap: Cap) -> dict[str, Any]:
    return {"cause": cap.cause, "limit": cap.limit, "ids": list(cap.ids)}


def _number(value: Decimal | None) -> float | None:
    """JSON has only floats; three digits behind the point come back as they went."""
    return None if value is None else float(value)
