import moderation


def test_toxic_is_held(monkeypatch):
    monkeypatch.setattr(moderation, "classify", lambda text: ("toxic", 0.97))
    assert not moderation.allowed("…")


def test_unsure_passes(monkeypatch):
    monkeypatch.setattr(moderation, "classify", lambda text: ("toxic", 0.5))
    assert moderation.allowed("…")
