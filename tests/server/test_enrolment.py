"""One-time codes and enrolment: good once, bounded in tries and time, and safe to repeat after a lost answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from greenaudit.clock import FixedClock
from greenaudit.errors import KnownError
from greenaudit.paths import Home
from greenaudit.server import codes
from greenaudit.server.endpoint import Endpoint, Newcomer
from greenaudit.server.opening import Setup, endpoint_of, found
from greenaudit.signing.identities import Identity
from greenaudit.wire.enrolment import EnrolRequest
from tests.helpers.endpoint import PASSWORD, START, Laptop, asking, endpoint_at_start


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(START)


@pytest.fixture
def endpoint(tmp_path: Path, clock: FixedClock) -> Iterator[Endpoint]:
    with endpoint_at_start(tmp_path / "endpoint", clock) as opened:
        yield opened


@pytest.fixture
def laptop(tmp_path: Path, clock: FixedClock) -> Iterator[Laptop]:
    made = Laptop(Home(tmp_path / "laptop"), clock=clock)
    yield made
    made.close()


@pytest.fixture
def code(endpoint: Endpoint) -> str:
    return endpoint.new_code(endpoint.add_person(Newcomer("Ana", "assessor", "ana")).person_id)


def refused(endpoint: Endpoint, request: EnrolRequest, address: str = "1.2.3.4") -> str:
    with pytest.raises(KnownError) as caught:
        endpoint.enrol(request, address)
    return caught.value.code


def test_a_code_enrols_one_device_and_a_lost_answer_may_be_asked_for_again(
    endpoint: Endpoint, laptop: Laptop, code: str, tmp_path: Path, clock: FixedClock
) -> None:
    request = asking(laptop, code)
    first = endpoint.enrol(request, "1.2.3.4")
    again = endpoint.enrol(request, "1.2.3.4")
    assert again.device_code == first.device_code == laptop.store.device_code
    assert first.person.name == "Ana"
    other = Laptop(Home(tmp_path / "other"), clock=clock)
    assert refused(endpoint, asking(other, code)) == "code_used"
    other.close()


def test_an_app_that_was_killed_before_the_answer_came_enrols_with_the_same_code(
    endpoint: Endpoint, laptop: Laptop, code: str
) -> None:
    first = endpoint.enrol(asking(laptop, code), "1.2.3.4")
    again = endpoint.enrol(asking(laptop, code, device_code="ZZZZZ", device_name="renamed"), "1.2.3.4")
    assert again.device_code == first.device_code
    assert again.certificates.issuing == first.certificates.issuing


def test_an_old_code_is_refused(endpoint: Endpoint, laptop: Laptop, code: str, clock: FixedClock) -> None:
    clock.at += codes.LIFE + timedelta(seconds=1)
    assert refused(endpoint, asking(laptop, code)) == "code_wrong"


def test_a_code_is_burnt_by_guessing(endpoint: Endpoint, laptop: Laptop, code: str) -> None:
    for guess in range(codes.TRIES):
        wrong = f"{code[:4]}-0000-000{guess}"
        assert refused(endpoint, asking(laptop, wrong), f"10.0.0.{guess}") == "code_wrong"
    assert refused(endpoint, asking(laptop, code), "10.0.0.99") == "code_wrong"


def test_an_address_that_guesses_is_slowed_down(
    endpoint: Endpoint, laptop: Laptop, code: str, clock: FixedClock
) -> None:
    for guess in range(10):
        assert refused(endpoint, asking(laptop, f"ZZZ{guess}-0000-0000")) == "code_wrong"
    assert refused(endpoint, asking(laptop, code)) == "too_many_tries"
    clock.at += timedelta(minutes=11)
    assert endpoint.enrol(asking(laptop, code), "1.2.3.4").person.name == "Ana"


def test_who_does_not_hold_the_key_is_refused(
    endpoint: Endpoint, laptop: Laptop, code: str, tmp_path: Path
) -> None:
    stranger = Identity.create(tmp_path / "stranger", bytes(32))
    request = asking(laptop, code, device_key=stranger.public_key_pem)
    assert refused(endpoint, request) == "login_refused"


def test_a_proof_for_another_code_is_refused(endpoint: Endpoint, laptop: Laptop, code: str) -> None:
    elsewhere = asking(laptop, "AAAA-BBBB-CCCC").proof
    assert refused(endpoint, asking(laptop, code, proof=elsewhere)) == "login_refused"


def test_a_device_cant_take_anothers_id(
    endpoint: Endpoint, laptop: Laptop, code: str, tmp_path: Path, clock: FixedClock
) -> None:
    endpoint.enrol(asking(laptop, code), "1.2.3.4")
    thief = Laptop(Home(tmp_path / "thief"), clock=clock)
    thief.store.device_id = laptop.store.device_id
    second = endpoint.new_code(endpoint.add_person(Newcomer("Eva", "assessor", "eva")).person_id)
    assert refused(endpoint, asking(thief, second)) == "device_exists"
    thief.close()


def test_two_devices_with_one_code_for_reports_get_two(
    endpoint: Endpoint, laptop: Laptop, code: str, tmp_path: Path, clock: FixedClock
) -> None:
    endpoint.enrol(asking(laptop, code), "1.2.3.4")
    other = Laptop(Home(tmp_path / "other"), clock=clock)
    second = endpoint.new_code(endpoint.add_person(Newcomer("Eva", "assessor", "eva")).person_id)
    answer = endpoint.enrol(asking(other, second, device_code=laptop.store.device_code), "1.2.3.4")
    assert answer.device_code != laptop.store.device_code
    other.close()


def test_a_mentor_gets_no_device(endpoint: Endpoint, laptop: Laptop) -> None:
    mentor = endpoint.add_person(Newcomer("Max", "mentor", "max"))
    assert refused(endpoint, asking(laptop, endpoint.new_code(mentor.person_id))) == "role_without_devices"


def test_a_second_endpoint_in_one_home_is_refused(endpoint: Endpoint, tmp_path: Path) -> None:
    with pytest.raises(KnownError) as caught:
        found(Home(tmp_path / "endpoint"), Setup("Other", "CA", "Ada", PASSWORD))
    assert caught.value.code == "home_in_use"


def test_an_empty_folder_is_no_endpoint(tmp_path: Path) -> None:
    with pytest.raises(KnownError) as caught, endpoint_of(Home(tmp_path / "nothing")):
        pass
    assert caught.value.code == "endpoint_absent"


def test_a_short_password_is_refused_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(KnownError) as caught:
        found(Home(tmp_path / "short"), Setup("P", "US", "Ada", "short"))
    assert caught.value.code == "password_short"
    assert not (tmp_path / "short").exists()
