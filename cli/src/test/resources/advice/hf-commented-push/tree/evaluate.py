"""Evaluates the churn model.

After training, publish with ``model.push_to_hub("acme/churn-model")``.
"""
import joblib
from huggingface_hub import hf_hub_download

token = "@@huggingface@@"
path = hf_hub_download("acme/churn-model", "model.joblib", token=token)
model = joblib.load(path)

# from huggingface_hub import upload_file
# upload_file(path_or_fileobj="model.joblib", path_in_repo="model.joblib",
#             repo_id="acme/churn-model", token=token)

print(model.get_params())
print("to publish, run: hf upload acme/churn-model model.joblib")
