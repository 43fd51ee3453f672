import subprocess

import anthropic

client = anthropic.Anthropic(api_key="@@anthropic@@")

diff = subprocess.run(["git", "diff", "--staged"], capture_output=True, text=True).stdout
message = client.messages.create(
    model="claude-sonnet-4-20250514",
    max_tokens=1024,
    system="You review code. List only real problems.",
    messages=[{"role": "user", "content": diff}],
)
print(message.content[0].text)
