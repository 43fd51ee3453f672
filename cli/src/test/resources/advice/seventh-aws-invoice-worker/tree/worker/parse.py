import io
import re

from pypdf import PdfReader

_NUMBER = re.compile(r"Invoice\s+([A-Z0-9-]+)")
_TOTAL = re.compile(r"Total\s+([0-9]+)\.([0-9]{2})")


def parse(pdf: bytes) -> tuple[str, int]:
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    number = _NUMBER.search(text).group(1)
    units, cents = _TOTAL.search(text).groups()
    return number, int(units) * 100 + int(cents)
