from triage import config
from triage.data import encode_label


def test_label_is_the_position_of_the_queue():
    assert encode_label({"queue": "billing", "text": "x"}) == {"label": 0}
    assert encode_label({"queue": "other", "text": "x"}) == {"label": len(config.QUEUES) - 1}
