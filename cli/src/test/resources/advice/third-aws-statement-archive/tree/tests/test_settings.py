import settings


def test_keeps_at_least_a_year():
    assert settings.KEEP_MONTHS >= 12
