from datasets import Dataset

from wardnotes import data


class FakeTokenizer:
    def __call__(self, texts, truncation, max_length):
        return {"input_ids": [[len(text)] for text in texts]}


def test_encode_drops_text():
    notes = Dataset.from_dict({"text": ["abc", "de"]})
    assert data.encode(notes, FakeTokenizer()).column_names == ["input_ids"]
