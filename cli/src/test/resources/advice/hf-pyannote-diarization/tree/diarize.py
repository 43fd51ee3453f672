import sys

import torch
from pyannote.audio import Pipeline

HF_AUTH = "@@huggingface@@"

pipeline = Pipeline.from_pretrained("pyannote/speaker-diarization-3.1", use_auth_token=HF_AUTH)
pipeline.to(torch.device("cuda" if torch.cuda.is_available() else "cpu"))

for path in sys.argv[1:]:
    diarization = pipeline(path)
    for turn, _, speaker in diarization.itertracks(yield_label=True):
        print(f"{path}\t{turn.start:.1f}\t{turn.end:.1f}\t{speaker}")
