import sys
from pathlib import Path

from contracts.batch import collect, submit
from contracts.summary import summarize

if sys.argv[1] == "submit":
    print(submit(Path(sys.argv[2])))
else:
    found = collect()
    Path("summary.md").write_text(summarize(found))
    print(f"{len(found)} contracts")
