import argparse
import pathlib
import shutil

parser = argparse.ArgumentParser()
parser.add_argument("--out", type=pathlib.Path, required=True)
args = parser.parse_args()
args.out.mkdir(parents=True, exist_ok=True)
for name in ("model.onnx", "config.json", "vocab.txt"):
    shutil.copy(pathlib.Path("weights") / name, args.out / name)
