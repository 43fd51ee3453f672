import json

print(json.dumps({"type": "array", "items": {"required": ["code", "name"]}}, indent=1))
