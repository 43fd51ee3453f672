from triage.rules import parse

TEXT = """
rules:
  - match: broken link|404
    labels: [broken-link]
    reply: Thank you, we will look for the right address.
"""


def test_rules_ignore_case():
    [rule] = parse(TEXT)
    assert rule.matches("Broken LINK on the start page")
    assert not rule.matches("typo")
