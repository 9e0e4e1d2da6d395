"""Help and what is said of a wrong command line: whole in each language, and nothing of the parser's own English."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenaudit.cli import window
from greenaudit.cli.commands import run
from greenaudit.cli.helping import paragraphs
from greenaudit.i18n import Language, translator
from greenaudit.paths import HOME_VARIABLE
from greenaudit.settings import Settings, save_settings
from tests.helpers.commands import every_command, speak

COMMANDS = dict(every_command())
LOCALES = {"en": "en_CA", "es": "es_MX", "fr": "fr_CA"}


def texts() -> set[str]:
    """Every sentence that help can show of a command or of its parameters."""
    return {"Show this message and exit."} | {
        paragraph
        for command in COMMANDS.values()
        for text in (command.help, *(getattr(one, "help", "") for one in command.params))
        for paragraph in paragraphs(text)
    }


@pytest.mark.parametrize("language", ["es", "fr"])
def test_every_sentence_of_the_help_is_translated(language: Language) -> None:
    say = translator(language)
    assert [text for text in sorted(texts()) if say(text) == text] == []


@pytest.mark.parametrize("language", ["en", "es", "fr"])
@pytest.mark.parametrize("words", COMMANDS, ids=lambda words: " ".join(words) or "greenaudit")
def test_help_tells_everything_in_the_caller_s_language_within_the_terminal_s_width(
    words: tuple[str, ...],
    language: Language,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    speak(monkeypatch, LOCALES[language])
    monkeypatch.setenv("COLUMNS", "72")
    assert run([*words, "--help"]) == 0
    out, say = capsys.readouterr().out, translator(language)
    assert max(len(line) for line in out.splitlines()) <= 72
    said, command = " ".join(out.split()), COMMANDS[words]
    for text in paragraphs(command.help):
        assert " ".join(say(text).split()) in said
    for one in command.params:
        if not getattr(one, "hidden", False):
            assert one.param_type_name == "argument" or one.opts[0] in said
            assert " ".join(say(one.help).split()) in said
    for name in getattr(command, "commands", ()):
        assert f"  {name} " in out


def test_what_must_be_given_and_what_holds_without_an_option_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    speak(monkeypatch, "en_US")
    run(["server", "init", "--help"])
    out = capsys.readouterr().out
    assert "The programme's name. Must be given." in out
    assert "US, CA or MX. Without it: US" in out
    assert "--json " in out
    assert "--json …" not in out
    run(["report", "--help"])
    assert "[ASSESSMENT]" in capsys.readouterr().out


def test_a_group_without_a_command_shows_its_help_as_an_error(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    speak(monkeypatch, "es_MX")
    assert run(["checklist"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(
        "Uso: greenaudit checklist [opciones] COMANDO …\n\nListas de verificación."
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nonsense"], "No hay ningún comando “nonsense”. Consulte: greenaudit --help"),
        (["server", "nonsense"], "No hay ningún comando “nonsense”. Consulte: greenaudit server --help"),
        (["score", "--loud"], "No hay ninguna opción --loud. Consulte: greenaudit score --help"),
        (["score"], "Falta FILE. Consulte: greenaudit score --help"),
        (["server", "code"], "Falta la opción --person. Consulte: greenaudit server code --help"),
        (["score", "a", "b"], "“b” es una palabra de más. Consulte: greenaudit score --help"),
        (["demo", "--out"], "A la opción --out le falta o le sobra un valor. Consulte: greenaudit --help"),
        (
            ["server", "start", "--port", "x"],
            "El valor de --port no es adecuado. Consulte: greenaudit server start --help",
        ),
        (["--sample=\x1b[31m"], "No hay ninguna opción --sample. Consulte: greenaudit --help"),
    ],
)
def test_a_wrong_command_line_is_one_sentence_that_names_the_help(
    arguments: list[str], said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    speak(monkeypatch, "es_MX")
    assert run(arguments) == 2
    assert capsys.readouterr().err == f"{said}\n"


@pytest.mark.parametrize(("named", "language"), [("", "fr"), ("C", "fr"), ("de_DE", "en"), ("es_MX", "es")])
def test_commands_speak_the_environment_s_language_else_the_one_chosen_in_the_window(
    named: str,
    language: Language,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    speak(monkeypatch, named)
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    save_settings(tmp_path / "settings.json", Settings(locale="fr_CA"))
    assert run(["nonsense"]) == 2
    there_is_none = {"en": "There is no", "es": "No hay", "fr": "Il n’y a pas"}
    assert capsys.readouterr().err.startswith(there_is_none[language])


def test_damaged_settings_leave_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    speak(monkeypatch, "")
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path))
    (tmp_path / "settings.json").write_text("{")
    assert run(["nonsense"]) == 2
    assert capsys.readouterr().err.startswith("There is no command")


def test_where_no_window_is_installed_that_is_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    speak(monkeypatch, "en_US")
    monkeypatch.setattr(window, "WINDOW_GROUP", "greenaudit.nobody")
    window._window.cache_clear()
    assert not window.is_installed()
    assert run(["window"]) == 1
    assert "not installed here" in capsys.readouterr().err
    window._window.cache_clear()
