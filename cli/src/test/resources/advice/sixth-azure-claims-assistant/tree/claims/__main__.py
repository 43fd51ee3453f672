import sys

from claims.assistant import draft
from claims.database import claim

print(draft(claim(sys.argv[1])))
