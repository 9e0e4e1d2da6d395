"""A batch carries changes whole: same values, same hashes, same order."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenaudit.domain.journal import ChainSignature
from greenaudit.ids import natural_id, new_id
from greenaudit.wire.changes import ChangeBatch, FeedPage, PushAnswer, fitting
from greenaudit.wire.packing import WireError, pack
from tests.helpers.changes import SCOPE, chain

DEVICE = natural_id("test device")

json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(min_size=1, max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.lists(st.dictionaries(st.text(min_size=1, max_size=10), json_values, max_size=3), max_size=6))
def test_changes_come_back_with_their_hashes(fields: list[dict[str, Any]]) -> None:
    changes = chain(len(fields), device=DEVICE, fields=fields)
    again = ChangeBatch.read(ChangeBatch.of(SCOPE, changes).to_bytes()).changes()
    assert again == changes
    assert [change.hash for change in again] == [change.hash for change in changes]


def test_bases_and_signatures_travel() -> None:
    (change,) = chain(1, device=DEVICE)
    change = change.model_copy(update={"bases": {"note": (new_id(), new_id())}})
    signature = ChainSignature(device_id=DEVICE, scope=SCOPE, seq=1, hash=change.hash, signature="AA==")
    batch = ChangeBatch.read(ChangeBatch.of(SCOPE, [change], [signature]).to_bytes())
    assert batch.changes() == (change,)
    assert batch.signatures == (signature,)


def test_an_unknown_record_type_and_schema_travel() -> None:
    (change,) = chain(1, device=DEVICE)
    change = change.model_copy(update={"record_type": "weather", "schema_version": 9})
    assert ChangeBatch.read(ChangeBatch.of(SCOPE, [change]).to_bytes()).changes() == (change,)


def altered(**columns: Any) -> bytes:
    body = json.loads(ChangeBatch.of(SCOPE, chain(2, device=DEVICE)).model_dump_json())
    return pack(json.dumps(body | columns).encode())


@pytest.mark.parametrize(
    "columns",
    [
        {"ids": []},
        {"seqs": [1]},
        {"fields": [{"x": 1.5}, {}]},
        {"fields": [{"x": {"y": [1e3]}}, {}]},
        {"hlcs": [2**63, 1]},
        {"seqs": [-1, 2]},
        {"prev_hashes": ["0", "1"]},
        {"scope": ""},
        {"record_types": ["x" * 81, "y"]},
        {"fields": [{"x": [[[[[[[[[[[[[[1]]]]]]]]]]]]]]}, {}]},
    ],
)
def test_a_batch_that_makes_no_sense_is_refused(columns: dict[str, Any]) -> None:
    with pytest.raises(WireError) as caught:
        ChangeBatch.read(altered(**columns))
    assert caught.value.code == "message_wrong"


def test_a_page_and_an_answer_come_back() -> None:
    changes = chain(3, device=DEVICE)
    page = FeedPage(batch=ChangeBatch.of(SCOPE, changes), last=7, more=False, keys={DEVICE: "PEM"})
    assert FeedPage.read(page.to_bytes()) == page
    answer = PushAnswer(ids=tuple(change.id for change in changes), numbers=(1, 2, 3), waiting=2)
    assert PushAnswer.from_bytes(answer.to_bytes()) == answer


def test_an_answer_whose_columns_differ_is_refused() -> None:
    with pytest.raises(WireError):
        PushAnswer.from_bytes(pack(b'{"version":1,"ids":[],"numbers":[1]}'))


def test_the_form_of_version_one_is_pinned() -> None:
    """Devices in the field hold this form; a change of it needs a new version."""
    body = json.loads(ChangeBatch.of(SCOPE, ()).model_dump_json())
    assert sorted(body) == sorted(
        [
            "version",
            "scope",
            "ids",
            "schema_versions",
            "record_types",
            "record_ids",
            "fields",
            "bases",
            "hlcs",
            "device_ids",
            "author_ids",
            "seqs",
            "prev_hashes",
            "signatures",
        ]
    )


def test_a_piece_takes_what_fits_and_one_change_always() -> None:
    changes = chain(4, device=DEVICE, fields=[{"x": "y" * 92}] * 4)
    assert fitting(changes) == 4
    assert fitting(changes, 210) == 2
    assert fitting(changes, 1) == 1
    assert fitting(changes[:1], 1) == 1
    assert fitting(()) == 0
