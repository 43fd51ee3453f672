import io
import os

os.environ.update(INVOICE_BUCKET="b", INVOICE_TABLE="t", QUEUE_URL="q")

from worker.storage import InvoiceStore


class FakeS3:
    def get_object(self, Bucket, Key):
        return {"Body": io.BytesIO(f"{Bucket}/{Key}".encode())}


def test_read():
    assert InvoiceStore(s3=FakeS3(), table=object()).read("a.pdf") == b"b/a.pdf"
