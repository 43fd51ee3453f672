export ANTHROPIC_API_KEY=@@anthropic@@
python ask.py
