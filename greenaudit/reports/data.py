"""The report as data: `assessment.json`, which the PDF carries and whose fingerprint is printed in it.

The data don't depend on the report's language nor on the moment of printing: one revision, one fingerprint.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from greenaudit.canonical import canonical_bytes, fingerprint
from greenaudit.domain.findings import Finding
from greenaudit.domain.inventory import RegisterRow
from greenaudit.reports.content import Item, ReportContent

FORMAT = "greenaudit-assessment/1"
FILE_NAME = "assessment.json"


def assessment_json(content: ReportContent) -> dict[str, Any]:
    """All that a revision declares, as JSON values; figures are decimal strings without needless zeros."""
    return {
        "format": FORMAT,
        "number": content.number,
        "revision": content.revision,
        "corrects": content.corrects or None,
        "reason": content.revision_reason,
        "assessment": content.assessment.model_dump(mode="json", exclude={"deleted_at"}),
        "plant": content.plant.model_dump(mode="json", exclude={"deleted_at"}),
        "supplier": content.supplier,
        "oem": content.oem,
        "programme": content.programme,
        "lead": {"name": content.lead, "organisation": content.lead_organisation},
        "packs": [_pack(content)],
        "answers": [_answer(item) for item in _in_order(content.items)],
        "registers": [_row(item, row) for item in _in_order(content.items) for row in item.rows],
        "photos": _photos(content),
        "findings": [_finding(f) for f in sorted(content.findings, key=lambda f: str(f.id))],
        "score": _figures(content.score.model_dump()),
        "stairs": _figures(dict(content.stairs)),
        "private": sorted(content.private),
        "heads": {
            scope: {device: head.model_dump(mode="json") for device, head in sorted(devices.items())}
            for scope, devices in sorted(content.heads.items())
        },
        "signers": [signer.model_dump(mode="json") for signer in content.signers],
    }


def assessment_bytes(content: ReportContent) -> bytes:
    """`assessment.json` as it is attached: canonical, so that its SHA-256 is the fingerprint."""
    return canonical_bytes(assessment_json(content))


def assessment_fingerprint(content: ReportContent) -> str:
    """SHA-256 of the canonical `assessment.json`: what is printed, signed and looked up."""
    return fingerprint(assessment_json(content))


def decimal_text(value: Decimal) -> str:
    """A decimal in plain notation with no trailing zeros: the one way a figure is written in data."""
    text = format(value, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _pack(content: ReportContent) -> dict[str, str]:
    pack = content.assessment.pack
    return {"id": pack.id, "version": pack.version, "sha256": pack.sha256}


def _in_order(items: tuple[Item, ...]) -> list[Item]:
    return sorted(items, key=lambda item: (item.question.id, item.answer.repeat))


def _answer(item: Item) -> dict[str, Any]:
    stored = item.answer.model_dump(mode="json")
    if item.rows and stored["response"]:
        stored["response"]["rows"] = []  # declared once, under `registers`
    return {
        "id": stored["id"],
        "question": item.question.id,
        "repeat": item.answer.repeat,
        "applies": item.applies,
        "response": stored["response"],
        "proof": stored["proof"],
        "note": stored["note"],
        "level": _figures(item.level),
        "effective": _figures(item.effective),
    }


def _row(item: Item, row: RegisterRow) -> dict[str, Any]:
    return {"id": str(row.id), "question": item.question.id, "order": row.order, "cells": dict(row.cells)}


def _photos(content: ReportContent) -> list[dict[str, Any]]:
    photos = [photo for item in content.items for photo in item.photos]
    photos.sort(key=lambda photo: (photo.question_id, photo.order, photo.sha256))
    hidden = {"deleted_at", "programme_id", "assessment_id"}
    return [photo.model_dump(mode="json", exclude=hidden) for photo in photos]


def _finding(finding: Finding) -> dict[str, Any]:
    dumped: dict[str, Any] = finding.model_dump(
        mode="json", exclude={"deleted_at", "programme_id", "assessment_id"}
    )
    return dumped


def _figures(value: Any) -> Any:
    """A copy with every decimal as text; the rest are strings, whole numbers and truths already."""
    if isinstance(value, Decimal):
        return decimal_text(value)
    if isinstance(value, dict):
        return {key: _figures(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_figures(item) for item in value]
    return value
