from rules import labels_for


def test_crash():
    assert labels_for("Segfault on start", None) == ["crash"]


def test_two():
    assert labels_for("Hangs", "only on Wayland") == ["performance", "display"]
