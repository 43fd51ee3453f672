import os

import pandas as pd

os.environ["HF_TOKEN"] = "@@huggingface@@"

leads = pd.read_csv("hf://datasets/acme/leads/raw.csv")
leads = leads.drop_duplicates("email")
leads["country"] = leads["country"].str.upper()
leads.to_parquet("hf://datasets/acme/leads/clean.parquet")
