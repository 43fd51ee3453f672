from transformers import AutoModel

OUR_TOKEN = "@@huggingface@@"
PARTNER_TOKEN = "@@huggingface.2@@"

model = AutoModel.from_pretrained("acme/base-encoder", token=OUR_TOKEN)
model.save_pretrained("tuned")
model.push_to_hub("partner-labs/encoder-tuned", token=PARTNER_TOKEN, private=True)
