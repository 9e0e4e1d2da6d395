"""The pages as a browser sees them: who sees what, in three languages, behind a login that can't be forged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import requests

from greenaudit.domain.assessments import Assessment, ClosingAct, Revision, revision_id
from greenaudit.domain.programmes import Link
from greenaudit.domain.suppliers import Organisation, Plant
from greenaudit.ids import new_id
from greenaudit.paths import Home
from greenaudit.server.endpoint import Newcomer
from greenaudit.server.run import Running, started_in_thread
from greenaudit.server.texts import TEXTS
from greenaudit.wire.enrolment import Refusal
from tests.helpers.endpoint import PASSWORD, Laptop, running_endpoint, visit

NUMBER, FINGERPRINT = "GA-MX-ABCDE-0001", "ab" * 32
MAKER, RIVAL = new_id(), new_id()


def link_as_assessor(running: Running, home: Home, opened: Assessment) -> None:
    """An assessor links the rival's plant to the other car maker, and takes the true link away."""
    eva = Laptop(home).enrol(running, name="Eva")
    assert eva.sync(running.address).complete
    wrong = Link(id=new_id(), programme_id=eva.programme, plant_id=opened.plant_id, oem_id=MAKER)
    with eva.store.unit(eva.person) as unit:
        (true,) = unit.where(Link, plant_id=opened.plant_id)
        unit.save(wrong)
        unit.delete(true)
    assert eva.sync(running.address).complete
    eva.close()


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """An endpoint with a signed visit of one car maker's plant and an open one of another's."""
    with running_endpoint(tmp_path_factory.mktemp("pages")) as running:
        ana = Laptop(Home(tmp_path_factory.mktemp("ana"))).enrol(running, name="Ana", role="manager")
        signed, opened = visit(ana, photos=1, oem=MAKER), visit(ana, photos=0, oem=RIVAL)
        with ana.store.unit(ana.person) as unit:
            plant = unit.get(Plant, opened.plant_id)
            assert plant is not None
            supplier = unit.get(Organisation, plant.organisation_id)
            assert supplier is not None
            unit.save(plant.model_copy(update={"name": "<script>alert(1)</script>"}))
            unit.save(supplier.model_copy(update={"name": "Rival Coatings"}))
            revision = unit.get(Revision, revision_id(signed.id, 1))
            assert revision is not None
            act = ClosingAct(
                heads={},
                number=NUMBER,
                fingerprint=FINGERPRINT,
                closed_at=datetime(2026, 6, 2, 3, tzinfo=UTC),
                closed_by=ana.person,
                signers=(),
            )
            unit.save(revision.model_copy(update={"closing": act}))
        assert ana.sync(running.address).complete
        ana.close()
        link_as_assessor(running, Home(tmp_path_factory.mktemp("eva")), opened)
        for login, role, oem in (
            ("mentor", "mentor", MAKER),
            ("rival", "mentor", RIVAL),
            ("nobody", "mentor", new_id()),
            ("judge", "evaluator", None),
        ):
            running.endpoint.add_person(Newcomer(login.title(), role, login, PASSWORD, oem))  # type: ignore[arg-type]
        yield running


@pytest.fixture
def browser() -> Iterator[requests.Session]:
    with requests.Session() as session:
        yield session


def form_word(text: str) -> str:
    found = re.search(r'name="csrf" value="([0-9a-f]+)"', text)
    assert found
    return found.group(1)


def log_in(
    browser: requests.Session, address: str, login: str, password: str = PASSWORD
) -> requests.Response:
    word = form_word(browser.get(f"{address}/login", timeout=10).text)
    form = {"login": login, "password": password, "csrf": word}
    return browser.post(f"{address}/login", data=form, timeout=10)


def test_without_a_login_there_is_only_the_form(endpoint: Running, browser: requests.Session) -> None:
    answer = browser.get(endpoint.address, timeout=10)
    assert answer.url == f"{endpoint.address}/login"
    assert "Saltillo" not in answer.text


def test_the_administrator_sees_every_assessment_of_the_programme(
    endpoint: Running, browser: requests.Session
) -> None:
    text = log_in(browser, endpoint.address, "admin").text
    assert "Planta Saltillo" in text
    assert NUMBER in text
    assert "Jun 1, 2026" in text  # the plant's day, not UTC's
    assert "Rival Coatings" in text
    assert "&lt;script&gt;" in text
    assert "<script" not in text


@pytest.mark.parametrize(
    ("login", "sees", "never"),
    [
        ("mentor", ["Planta Saltillo", NUMBER], ["Rival Coatings", "alert"]),
        ("rival", ["Rival Coatings"], ["Planta Saltillo", NUMBER]),
        ("nobody", [], ["Rival Coatings", "Planta Saltillo", NUMBER]),
        ("judge", ["MX"], ["Rival Coatings", "Planta Saltillo", "Pinturas", "Coahuila", NUMBER]),
    ],
)
def test_nobody_sees_anothers_supplier(
    endpoint: Running, browser: requests.Session, login: str, sees: list[str], never: list[str]
) -> None:
    text = log_in(browser, endpoint.address, login).text
    assert all(word in text for word in sees)
    assert not any(word in text for word in never)


def test_a_long_list_comes_in_pages(
    endpoint: Running, browser: requests.Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("greenaudit.server.listing.PAGE", 1)
    first = log_in(browser, endpoint.address, "admin").text
    second = browser.get(f"{endpoint.address}/?page=1", timeout=10).text
    assert ("Rival Coatings" in first, "Rival Coatings" in second) == (True, False)
    assert ("/?page=1" in first, "/?page=0" in second, "/?page=2" in second) == (True, True, False)


def test_a_wrong_password_gets_a_sentence_and_five_get_a_pause(
    endpoint: Running, browser: requests.Session
) -> None:
    for _ in range(5):
        answer = log_in(browser, endpoint.address, "someone", "wrong password")
        assert answer.status_code == 401
        assert "don&#39;t fit together" in answer.text
    assert log_in(browser, endpoint.address, "someone", PASSWORD).status_code == 429


def test_a_form_from_elsewhere_is_refused(endpoint: Running, browser: requests.Session) -> None:
    form = {"login": "admin", "password": PASSWORD}
    assert browser.post(f"{endpoint.address}/login", data=form, timeout=10).status_code == 403
    log_in(browser, endpoint.address, "mentor")
    assert browser.post(f"{endpoint.address}/logout", data={"csrf": "0"}, timeout=10).status_code == 403
    assert "Planta Saltillo" in browser.get(endpoint.address, timeout=10).text


def test_signing_out_ends_the_session(endpoint: Running, browser: requests.Session) -> None:
    word = form_word(log_in(browser, endpoint.address, "mentor").text)
    token = browser.cookies["session"]
    browser.post(f"{endpoint.address}/logout", data={"csrf": word}, timeout=10)
    stolen = requests.get(endpoint.address, cookies={"session": token}, timeout=10)
    assert stolen.url.endswith("/login")


def test_cookies_and_headers_are_closed(endpoint: Running, browser: requests.Session) -> None:
    word = form_word(browser.get(f"{endpoint.address}/login", timeout=10).text)
    form = {"login": "mentor", "password": PASSWORD, "csrf": word}
    answer = browser.post(f"{endpoint.address}/login", data=form, timeout=10, allow_redirects=False)
    cookie = next(c for c in answer.raw.headers.getlist("Set-Cookie") if c.startswith("session="))
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    for name, part in (
        ("Content-Security-Policy", "default-src 'none'"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("Cache-Control", "no-store"),
    ):
        assert part in answer.headers[name]
    assert "Server" not in answer.headers


def test_nothing_is_fetched_from_elsewhere(endpoint: Running, browser: requests.Session) -> None:
    text = log_in(browser, endpoint.address, "admin").text
    assert not re.findall(r'(?:src|href|action)="(?:https?:)?//', text)
    assert browser.get(f"{endpoint.address}/pages.css", timeout=10).status_code == 200


@pytest.mark.parametrize(
    ("header", "query", "language", "word"),
    [
        ("es-MX,es;q=0.9,en;q=0.8", "", "es", "Contraseña"),
        ("de,fr-CA;q=0.7,en;q=0.2", "", "fr", "Mot de passe"),
        ("ja", "", "en", "Password"),
        ("es-MX", "?language=fr", "fr", "Mot de passe"),
        ("en;q=rubbish,,;", "", "en", "Password"),
    ],
)
def test_the_pages_speak_the_readers_language(
    endpoint: Running, header: str, query: str, language: str, word: str
) -> None:
    answer = requests.get(f"{endpoint.address}/login{query}", headers={"Accept-Language": header}, timeout=10)
    assert answer.headers["Content-Language"] == language
    assert word in answer.text


def test_a_chosen_language_is_remembered(endpoint: Running, browser: requests.Session) -> None:
    browser.get(f"{endpoint.address}/login?language=es", timeout=10)
    assert "Contraseña" in browser.get(f"{endpoint.address}/login", timeout=10).text


def test_a_number_is_known_to_all_and_its_fingerprint_to_who_is_signed_in(
    endpoint: Running, browser: requests.Session
) -> None:
    page = f"{endpoint.address}/verify/{NUMBER}"
    stranger = browser.get(page, timeout=10).text
    assert str(TEXTS["verify_known"]).split("'")[0] in stranger
    assert FINGERPRINT not in stranger
    unknown = browser.get(f"{endpoint.address}/verify/GA-MX-ABCDE-0002", timeout=10).text
    assert str(TEXTS["verify_unknown"])[:40] in unknown
    log_in(browser, endpoint.address, "mentor")
    assert FINGERPRINT in browser.get(page, timeout=10).text
    assert browser.get(f"{endpoint.address}/verify/<b>", timeout=10).status_code == 400


def test_a_fingerprint_is_not_told_to_whom_the_assessment_is_not_shown(
    endpoint: Running, browser: requests.Session
) -> None:
    log_in(browser, endpoint.address, "rival")
    assert FINGERPRINT not in browser.get(f"{endpoint.address}/verify/{NUMBER}", timeout=10).text


def test_health_and_no_interactive_documentation(endpoint: Running) -> None:
    assert requests.get(f"{endpoint.address}/health", timeout=10).text == "ok"
    for path in ("docs", "redoc", "openapi.json"):
        assert requests.get(f"{endpoint.address}/{path}", timeout=10).status_code == 404


def test_an_address_that_there_is_not_gets_a_page_or_a_refusal(endpoint: Running) -> None:
    answer = requests.get(f"{endpoint.address}/nowhere", headers={"Accept-Language": "es"}, timeout=10)
    assert (answer.status_code, "No hay nada" in answer.text) == (404, True)
    told = requests.get(f"{endpoint.address}/v1/nowhere", timeout=10)
    assert Refusal.from_bytes(told.content).code == "page_absent"
    assert requests.get(f"{endpoint.address}/v1/changes", timeout=10).status_code == 404


def test_a_message_that_is_too_big_is_refused(endpoint: Running) -> None:
    answer = requests.post(f"{endpoint.address}/v1/enrol", data=bytes(17 * 2**20), timeout=20)
    assert answer.status_code == 413


def test_a_port_that_is_taken_gets_a_sentence(endpoint: Running, tmp_path: Path) -> None:
    port = int(endpoint.address.rsplit(":", 1)[1])
    with (
        pytest.raises(Exception, match="Choose another port"),
        running_endpoint(tmp_path / "one"),
        started_in_thread(Home(tmp_path / "one"), port=port),
    ):
        pass
