# sourced by the other scripts
export HF_TOKEN="@@huggingface@@"
export HF_USER=brightlab-bot
export MODEL_DIR="${MODEL_DIR:-models}"
