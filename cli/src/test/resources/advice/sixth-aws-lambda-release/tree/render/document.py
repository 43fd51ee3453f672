from pathlib import Path

from jinja2 import Template
from weasyprint import HTML

TEMPLATE = Template(Path(__file__).with_name("invoice.html").read_text())


def pdf(invoice: dict) -> bytes:
    return HTML(string=TEMPLATE.render(**invoice)).write_pdf()
