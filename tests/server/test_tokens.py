"""Logging in: each assertion is good once, for this programme, now; a token is good for minutes and this device."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, OctKey

from greenaudit.clock import FixedClock
from greenaudit.errors import KnownError
from greenaudit.paths import Home
from greenaudit.server.endpoint import Endpoint, Newcomer
from greenaudit.server.tokens import TOKEN_LIFE
from greenaudit.sync.assertions import make_assertion
from tests.helpers.endpoint import START, Laptop, asking, endpoint_at_start


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(START)


@pytest.fixture
def endpoint(tmp_path: Path, clock: FixedClock) -> Iterator[Endpoint]:
    with endpoint_at_start(tmp_path / "endpoint", clock) as opened:
        yield opened


@pytest.fixture
def laptop(tmp_path: Path, clock: FixedClock, endpoint: Endpoint) -> Iterator[Laptop]:
    made = Laptop(Home(tmp_path / "laptop"), clock=clock)
    person = endpoint.add_person(Newcomer("Ana", "assessor", "ana"))
    endpoint.enrol(asking(made, endpoint.new_code(person.person_id)), "here")
    yield made
    made.close()


def assertion(laptop: Laptop, endpoint: Endpoint, *, at: datetime = START, audience: str = "") -> str:
    return make_assertion(
        laptop.identity.device_key,
        laptop.store.device_id,
        audience=audience or endpoint.facts.audience,
        now=at,
    )


def refused(endpoint: Endpoint, text: str) -> KnownError:
    with pytest.raises(KnownError) as caught:
        endpoint.log_in(text)
    return caught.value


def test_a_device_logs_in_and_is_known_by_its_token(endpoint: Endpoint, laptop: Laptop) -> None:
    answer = endpoint.log_in(assertion(laptop, endpoint))
    assert endpoint.caller(answer.token).device.device_id == laptop.store.device_id
    assert answer.server_time == START


def test_a_replayed_assertion_is_refused(endpoint: Endpoint, laptop: Laptop) -> None:
    once = assertion(laptop, endpoint)
    endpoint.log_in(once)
    assert refused(endpoint, once).code == "login_refused"


@pytest.mark.parametrize("off", [timedelta(minutes=-6), timedelta(minutes=6), timedelta(days=400)])
def test_a_clock_that_is_off_is_told_with_the_endpoints_time(
    endpoint: Endpoint, laptop: Laptop, off: timedelta
) -> None:
    error = refused(endpoint, assertion(laptop, endpoint, at=START + off))
    assert error.code == "clock_off"
    assert "2026-06-01 12:00" in str(error.message)


def test_an_assertion_for_another_programme_is_refused(endpoint: Endpoint, laptop: Laptop) -> None:
    assert refused(endpoint, assertion(laptop, endpoint, audience="greenaudit:other")).code == "login_refused"


def test_a_stranger_and_garbage_are_refused(endpoint: Endpoint, laptop: Laptop, tmp_path: Path) -> None:
    stranger = Laptop(Home(tmp_path / "stranger"), clock=laptop.clock)
    assert refused(endpoint, assertion(stranger, endpoint)).code == "device_unknown"
    stranger.store.device_id = laptop.store.device_id
    assert refused(endpoint, assertion(stranger, endpoint)).code == "login_refused"
    for garbage in ("", "a.b.c", "é", "....", "eyJhbGciOiJub25lIn0.e30.", "x" * 4000):
        assert refused(endpoint, garbage).code == "login_refused"
    stranger.close()


@pytest.mark.parametrize("algorithm", ["HS256", "none"])
def test_another_algorithm_is_refused(endpoint: Endpoint, laptop: Laptop, algorithm: str) -> None:
    """The classic: the public key taken as the secret of a symmetric signature, or no signature at all."""
    name = str(laptop.store.device_id)
    at = int(START.timestamp())
    claims = {
        "iss": name,
        "sub": name,
        "aud": endpoint.facts.audience,
        "iat": at,
        "exp": at + 60,
        "jti": "j" * 20,
    }
    secret = OctKey.import_key(laptop.identity.public_key_pem.encode()[27:80])
    signed = jwt.encode({"alg": "HS256"}, dict(claims), secret)
    if algorithm == "none":
        signed = "eyJhbGciOiJub25lIn0." + signed.split(".")[1] + "."
    assert refused(endpoint, signed).code == "login_refused"


@pytest.mark.parametrize(
    "changed",
    [
        {"exp": int(START.timestamp()) + 86_400},
        {"jti": "short"},
        {"sub": "other"},
        {"iat": None},
        {"aud": []},
    ],
)
def test_an_assertion_with_wrong_claims_is_refused(
    endpoint: Endpoint, laptop: Laptop, changed: dict[str, object]
) -> None:
    name = str(laptop.store.device_id)
    at = int(START.timestamp())
    claims = {
        "iss": name,
        "sub": name,
        "aud": endpoint.facts.audience,
        "iat": at,
        "exp": at + 60,
        "jti": "j" * 20,
    }
    key = ECKey.import_key(laptop.identity.device_key)
    signed = jwt.encode({"alg": "ES256"}, {**claims, **changed}, key)
    assert refused(endpoint, signed).code == "login_refused"


def test_a_token_ends(endpoint: Endpoint, laptop: Laptop, clock: FixedClock) -> None:
    token = endpoint.log_in(assertion(laptop, endpoint)).token
    clock.at += timedelta(seconds=TOKEN_LIFE + 1)
    with pytest.raises(KnownError) as caught:
        endpoint.caller(token)
    assert caught.value.code == "token_over"


def test_a_forged_token_is_refused(endpoint: Endpoint, laptop: Laptop) -> None:
    head, body, _ = endpoint.log_in(assertion(laptop, endpoint)).token.split(".")
    other = jwt.encode({"alg": "HS256"}, {"sub": str(laptop.store.device_id)}, OctKey.import_key(bytes(32)))
    for forged in (f"{head}.{body}.AAAA", other, "nonsense", f"eyJhbGciOiJub25lIn0.{body}."):
        with pytest.raises(KnownError) as caught:
            endpoint.caller(forged)
        assert caught.value.code == "token_over"


def test_a_revoked_device_is_out_at_once(endpoint: Endpoint, laptop: Laptop) -> None:
    token = endpoint.log_in(assertion(laptop, endpoint)).token
    endpoint.revoke(laptop.store.device_id)
    with pytest.raises(KnownError) as caught:
        endpoint.caller(token)
    assert caught.value.code == "device_unknown"
    assert refused(endpoint, assertion(laptop, endpoint)).code == "device_unknown"


def test_a_closed_account_is_out_at_once(endpoint: Endpoint, laptop: Laptop) -> None:
    token = endpoint.log_in(assertion(laptop, endpoint)).token
    endpoint.accounts.close_account(endpoint.caller(token).account.person_id)
    with pytest.raises(KnownError) as caught:
        endpoint.caller(token)
    assert caught.value.code == "account_unknown"


def test_what_a_revoked_device_signed_before_stays_provable(endpoint: Endpoint, laptop: Laptop) -> None:
    endpoint.revoke(laptop.store.device_id)
    known = endpoint.devices.keys([laptop.store.device_id])
    assert known == {laptop.store.device_id: laptop.identity.public_key_pem}
