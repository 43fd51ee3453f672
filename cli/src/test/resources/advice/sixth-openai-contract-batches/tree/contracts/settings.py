import tomllib
from pathlib import Path

from openai import OpenAI

_settings = tomllib.loads(Path("settings.toml").read_text())

MODEL = _settings["openai"]["model"]
SUMMARY_MODEL = _settings["openai"]["summary_model"]
STATE = Path(_settings["batch"]["state"])
WINDOW = _settings["batch"]["window"]


def make_client() -> OpenAI:
    return OpenAI(api_key=_settings["openai"]["api_key"], max_retries=5)
