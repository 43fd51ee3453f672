from types import SimpleNamespace

from train.notes import notes


def test_sections():
    pulls = [SimpleNamespace(title="fix: rounding", number=7), SimpleNamespace(title="Bump", number=8)]
    assert notes(pulls) == "## Mended\n- rounding (#7)\n## Other\n- Bump (#8)"
