import polars as pl

from acme_etl import tidy


def test_names():
    assert tidy(pl.DataFrame({" A b": [1, 1]})).columns == ["a_b"]
