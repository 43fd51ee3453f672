from types import SimpleNamespace as O

from notes import render


def test_groups():
    pull = O(title="Do not crash", number=7, user=O(login="kim"), labels=[O(name="bug")])
    assert "## Fixed\n- Do not crash (#7, @kim)" in render("v1", "v2", [pull])
