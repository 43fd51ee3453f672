import os

import evaluate
from datasets import Audio, load_dataset
from dotenv import load_dotenv
from transformers import (
    Seq2SeqTrainer,
    Seq2SeqTrainingArguments,
    WhisperForConditionalGeneration,
    WhisperProcessor,
)

from .collate import SpeechCollator
from .config import Config

load_dotenv()
cfg = Config()
HF_TOKEN = os.environ["HF_TOKEN"]

calls = load_dataset(cfg.dataset, "transcribed", token=HF_TOKEN)
calls = calls.cast_column("audio", Audio(sampling_rate=16_000))

processor = WhisperProcessor.from_pretrained(cfg.base_model, language=cfg.language, task="transcribe")
model = WhisperForConditionalGeneration.from_pretrained(cfg.base_model)
model.generation_config.language = cfg.language

wer = evaluate.load("wer")


def prepare(row):
    audio = row["audio"]
    row["input_features"] = processor.feature_extractor(
        audio["array"], sampling_rate=audio["sampling_rate"]
    ).input_features[0]
    row["labels"] = processor.tokenizer(row["transcript"]).input_ids
    return row


def metrics(pred):
    pred.label_ids[pred.label_ids == -100] = processor.tokenizer.pad_token_id
    hyp = processor.batch_decode(pred.predictions, skip_special_tokens=True)
    ref = processor.batch_decode(pred.label_ids, skip_special_tokens=True)
    return {"wer": 100 * wer.compute(predictions=hyp, references=ref)}


calls = calls.map(prepare, remove_columns=calls.column_names["train"], num_proc=4)

args = Seq2SeqTrainingArguments(
    output_dir=cfg.output_dir,
    per_device_train_batch_size=cfg.batch_size,
    learning_rate=cfg.learning_rate,
    max_steps=cfg.max_steps,
    eval_strategy="steps",
    eval_steps=500,
    save_steps=500,
    fp16=True,
    predict_with_generate=True,
    push_to_hub=True,
    hub_model_id=cfg.hub_model,
    hub_private_repo=True,
    hub_token=HF_TOKEN,
)

trainer = Seq2SeqTrainer(
    args=args,
    model=model,
    train_dataset=calls["train"],
    eval_dataset=calls["test"],
    data_collator=SpeechCollator(processor),
    compute_metrics=metrics,
)
trainer.train()
trainer.push_to_hub(commit_message="fine-tuned on call-center audio")
