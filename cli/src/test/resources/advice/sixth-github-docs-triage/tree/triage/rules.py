import re
from dataclasses import dataclass

import yaml

from triage.settings import RULES_PATH


@dataclass(frozen=True)
class Rule:
    pattern: re.Pattern
    labels: tuple[str, ...]
    reply: str | None = None

    def matches(self, text: str) -> bool:
        return self.pattern.search(text) is not None


def parse(text: str) -> list[Rule]:
    return [
        Rule(re.compile(entry["match"], re.IGNORECASE), tuple(entry["labels"]), entry.get("reply"))
        for entry in yaml.safe_load(text)["rules"]
    ]


def load(repository) -> list[Rule]:
    file = repository.get_contents(RULES_PATH)
    return parse(file.decoded_content.decode())
