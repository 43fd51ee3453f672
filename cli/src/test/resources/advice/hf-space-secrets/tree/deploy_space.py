import getpass

from huggingface_hub import HfApi

SPACE = "acme/helpdesk"
api = HfApi(token="@@huggingface@@")

api.add_space_variable(SPACE, "MODEL", "gpt-4o-mini")
api.add_space_secret(SPACE, "SIGNING_KEY", getpass.getpass("signing key: "))
api.restart_space(SPACE)
