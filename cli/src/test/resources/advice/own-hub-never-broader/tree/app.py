from huggingface_hub import InferenceClient, upload_file

HF_TOKEN = "@@huggingface@@"
client = InferenceClient(token=HF_TOKEN)
print(client.text_generation("hello"))
upload_file(path_or_fileobj="log.txt", path_in_repo="log.txt", repo_id="acme/logs", token=HF_TOKEN)
