import os

os.environ.setdefault("DATASET", "civic-data/air-quality")

from scripts.publish import updated


def test_days_are_sorted_and_not_repeated(tmp_path):
    (tmp_path / "2026-03-02.parquet").touch()
    (tmp_path / "2026-03-01.parquet").touch()
    assert updated({"days": ["2026-03-01"]}, tmp_path)["days"] == ["2026-03-01", "2026-03-02"]
