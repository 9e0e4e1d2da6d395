"""What a row is, by its `type`: the many ways in which forms have written the same, brought to one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from greenaudit.messages import Message, msg

Role = Literal["asks", "note", "begin", "end", "meta", "unknown"]


@dataclass(frozen=True, slots=True)
class RowType:
    """A row's canonical type, its list of choices, and whether `other` may be specified."""

    name: str
    role: Role
    list_name: str = ""
    other: bool = False


_BLOCK = re.compile(r"(begin|end)[ _]?(group|lgroup|repeat|looped group|loop)(?: .*)?")
_SELECT = {
    "select_one": "select_one",
    "select1": "select_one",
    "select_one_from": "select_one",
    "select_one_using": "select_one",
    "add_select_one_prompt_using": "select_one",
    "select_multiple": "select_multiple",
    "select_multiple_from": "select_multiple",
    "select_multiple_using": "select_multiple",
    "select_all_that_apply": "select_multiple",
    "select_all_that_apply_from": "select_multiple",
    "add_select_multiple_prompt_using": "select_multiple",
    "select_one_external": "select_one_external",
    "select_one_from_file": "select_one_from_file",
    "select_multiple_from_file": "select_multiple_from_file",
    "rank": "rank",
}
_WORD = re.compile("(" + "|".join(sorted(_SELECT, key=len, reverse=True)) + r")(?:_(.+))?")
_OTHER = re.compile(r"(.+?)[ _](?:or[ _]other|or[ _]specify[ _]other)", re.IGNORECASE)
_ASKS = {
    "text": "text",
    "string": "text",
    "phone_number": "text",
    "integer": "integer",
    "int": "integer",
    "decimal": "decimal",
    "percentage": "percentage",
    "range": "range",
    "date": "date",
    "time": "time",
    "datetime": "dateTime",
    "date_time": "dateTime",
    "image": "image",
    "photo": "image",
    "picture": "image",
    "geopoint": "geopoint",
    "location": "geopoint",
    "gps": "geopoint",
    "geotrace": "geotrace",
    "geoshape": "geoshape",
    "barcode": "barcode",
    "acknowledge": "acknowledge",
    "trigger": "acknowledge",
    "audio": "audio",
    "video": "video",
    "file": "file",
}
_COMPUTED = msg("GreenAudit computes only its own figures.")
_KNOWN_BY_ITSELF = msg("GreenAudit records when, by whom and on which device an answer was given.")
_RECORDED = (
    "start end today deviceid username email phonenumber audit imei start_time end_time device_id subscriberid "
    "simserial sim_id subscriber_id uri:deviceid uri:phonenumber uri:username uri:email uri:subscriberid uri:simserial"
)
META: dict[str, Message] = {
    "calculate": _COMPUTED,
    "hidden": _COMPUTED,
    "background-audio": msg("GreenAudit doesn't record sound."),
    "background-geopoint": msg("GreenAudit doesn't follow where people are."),
    "start-geopoint": msg("GreenAudit doesn't follow where people are."),
    "xml-external": msg("Data from outside the form can't be looked up in a plant."),
    "csv-external": msg("Data from outside the form can't be looked up in a plant."),
    "osm": msg("GreenAudit has no map to tag."),
    "include": msg("The other form isn't in this workbook; import it apart."),
    **dict.fromkeys(_RECORDED.split(), _KNOWN_BY_ITSELF),
}
"""Rows that ask nothing and aren't carried, with the reason."""


def row_type(raw: str) -> RowType:
    """What a row is."""
    words = " ".join(raw.split())
    block = _BLOCK.fullmatch(words.lower())
    if block:
        kind = "group" if block[2] in {"group", "loop"} else "repeat"
        return RowType("loop" if block[2] == "loop" else kind, "begin" if block[1] == "begin" else "end")
    name = re.sub(r"^(?:add|q|get) (.+?)(?: prompt)?$", r"\1", words.lower()).replace(" ", "_")
    if name in _ASKS:
        return RowType(_ASKS[name], "asks")
    if name == "note":
        return RowType("note", "note")
    if name in META or name.startswith("calculate"):
        return RowType(name, "meta")
    return _select(words) or RowType(words, "unknown")


def _select(words: str) -> RowType | None:
    found = _WORD.fullmatch(words.lower().replace(" ", "_"))
    if found is None or (found[1] not in _SELECT):
        return None
    rest = words[len(found[1]) :].strip(" _") if found[2] else ""
    other = _OTHER.fullmatch(rest)
    return RowType(_SELECT[found[1]], "asks", other[1] if other else rest, other is not None)
