#!/bin/bash
export HF_TOKEN="@@huggingface@@"
hf jobs run --flavor a10g-small python:3.12 python -c "import torch; print(torch.cuda.get_device_name())"
