import pathlib
import tomllib

_PATH = pathlib.Path(__file__).with_name("config.toml")

with _PATH.open("rb") as file:
    _CONFIG = tomllib.load(file)

HF_TOKEN = _CONFIG["hub"]["hf_token"]
BATCH = _CONFIG["run"]["batch"]
SEED = _CONFIG["run"]["seed"]
