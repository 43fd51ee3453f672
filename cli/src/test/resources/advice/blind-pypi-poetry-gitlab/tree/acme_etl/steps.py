import pandas as pd


def load(path):
    return pd.read_csv(path)


def tidy(frame):
    return frame.dropna().drop_duplicates()
