import pickle
import sys

import pandas as pd
from sklearn.linear_model import LogisticRegression

data, out = sys.argv[1:3]
frame = pd.read_parquet(f"{data}/clicks.parquet")
model = LogisticRegression().fit(frame.drop(columns="clicked"), frame["clicked"])
with open(f"{out}/model.pkl", "wb") as file:
    pickle.dump(model, file)
