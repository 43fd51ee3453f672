import polars as pl


def tidy(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.rename({name: name.strip().lower().replace(" ", "_") for name in frame.columns}).unique()
