from dataclasses import dataclass

import torch
from transformers import WhisperProcessor


@dataclass
class SpeechCollator:
    processor: WhisperProcessor

    def __call__(self, features):
        audio = [{"input_features": f["input_features"]} for f in features]
        batch = self.processor.feature_extractor.pad(audio, return_tensors="pt")
        labels = self.processor.tokenizer.pad(
            [{"input_ids": f["labels"]} for f in features], return_tensors="pt"
        )
        ids = labels["input_ids"].masked_fill(labels.attention_mask.ne(1), -100)
        if (ids[:, 0] == self.processor.tokenizer.bos_token_id).all():
            ids = ids[:, 1:]
        batch["labels"] = ids
        return batch


def log_shapes(batch):
    return {k: tuple(v.shape) for k, v in batch.items() if isinstance(v, torch.Tensor)}
