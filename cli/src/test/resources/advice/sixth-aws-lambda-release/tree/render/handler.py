import base64

from render.document import pdf


def handler(event, context):
    """Renders the invoice of the event; no AWS call is made from here."""
    return {
        "statusCode": 200,
        "isBase64Encoded": True,
        "headers": {"content-type": "application/pdf"},
        "body": base64.b64encode(pdf(event["invoice"])).decode(),
    }
