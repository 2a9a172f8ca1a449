"""Settings: flags over environment over the user's configuration; a stranger's folder sets little."""

from __future__ import annotations

from pathlib import Path

import pytest

from copilot.errors import CopilotError
from copilot.settings import Settings, load_settings


def load(folder: Path, environ: dict[str, str] | None = None, config: str = "", **flags: str) -> Settings:
    user = folder / "user.toml"
    user.write_text(config)
    return load_settings(**flags, environ=environ or {}, folder=folder, user_config=user)  # type: ignore[arg-type]


def test_without_any_word_the_home_is_beside_the_work(tmp_path: Path) -> None:
    settings = load(tmp_path)

    assert (settings.home, settings.project, settings.model) == (Path(".copilot"), "default", "embedded")
    assert settings.database_url is None


def test_flags_win_over_environment_over_configuration(tmp_path: Path) -> None:
    config = 'project = "from the file"\nmodel = "from the file"\nhome = "/from/the/file"\n'
    environ = {"COPILOT_PROJECT": "from the environment", "COPILOT_MODEL": "from the environment"}
    settings = load(tmp_path, environ, config, project="from the flag")

    assert settings.project == "from the flag"
    assert settings.model == "from the environment"
    assert settings.home == Path("/from/the/file")


@pytest.mark.parametrize("key", ["api_base", "home", "database_url", "model", "checkers", "plugins", "project"])
def test_a_folder_cannot_send_keys_away_or_load_code(tmp_path: Path, key: str) -> None:
    (tmp_path / "copilot.toml").write_text(f'{key} = "http://elsewhere.example"\n')

    with pytest.raises(CopilotError, match="may not set"):
        load(tmp_path)


def test_a_folder_may_set_quotas(tmp_path: Path) -> None:
    (tmp_path / "copilot.toml").write_text('[quotas.domain]\nmath = "30%"\n')

    assert load(tmp_path).of_sets == {"quotas": {"domain": {"math": "30%"}}}


def test_a_folder_may_set_a_style_guide(tmp_path: Path) -> None:
    (tmp_path / "copilot.toml").write_text('[style.math]\nanswer = "boxed"\n')

    assert load(tmp_path).of_sets == {"style": {"math": {"answer": "boxed"}}}


def test_a_folder_may_set_routes_and_rules(tmp_path: Path) -> None:
    (tmp_path / "copilot.toml").write_text(
        '[check]\nignore = ["length"]\n[[route]]\nwhen = "always"\nqueue = "review"\n'
    )
    settings = load(tmp_path)

    assert settings.ignore == ("length",)
    assert settings.routes == ({"when": "always", "queue": "review"},)


def test_a_folder_may_say_that_prompts_are_not_read(tmp_path: Path) -> None:
    assert load(tmp_path).read_prompts
    (tmp_path / "copilot.toml").write_text("[constraints]\nread_prompts = false\n")

    assert not load(tmp_path).read_prompts


@pytest.mark.parametrize(
    "text",
    [
        "route = 5\n",
        "quotas = 5\n",
        '[route]\nwhen = "always"\n',
        "not toml [",
        '[check]\nselect = "arithmetic"\n',
        "[check]\nhosts = []\n",
        '[constraints]\nread_prompts = "no"\n',
        "[constraints]\nwrite_prompts = true\n",
    ],
)
def test_a_file_that_is_not_understood_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "copilot.toml").write_text(text)

    with pytest.raises(CopilotError):
        load(tmp_path)


@pytest.mark.parametrize("key", ["home", "project", "model", "api_base", "database_url"])
def test_a_personal_value_that_is_no_text_is_told(tmp_path: Path, key: str) -> None:
    with pytest.raises(CopilotError, match=key):
        load(tmp_path, config=f'{key} = ["x"]\n')
