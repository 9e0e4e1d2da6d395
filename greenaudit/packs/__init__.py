"""Packs: checklists and country references as people write them, judged whole before anyone uses them."""

from greenaudit.packs.blobs import checklist_from_bytes, checklist_to_bytes
from greenaudit.packs.loading import load_checklist
from greenaudit.packs.problems import PackError, Problem
from greenaudit.packs.references import load_references

__all__ = [
    "PackError",
    "Problem",
    "checklist_from_bytes",
    "checklist_to_bytes",
    "load_checklist",
    "load_references",
]
