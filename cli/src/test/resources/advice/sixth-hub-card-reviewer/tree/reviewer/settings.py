import configparser

_config = configparser.ConfigParser()
_config.read("config.ini")

TOKEN = _config["hub"]["token"]
SECTIONS = [s.strip() for s in _config["review"]["sections"].split(",")]
DRY_RUN = _config.getboolean("review", "dry_run")
MODELS = ["meridian-speech/whisper-nordic", "meridian-speech/tts-nordic"]
