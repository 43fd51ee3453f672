import rowan


def test_count():
    assert rowan.count({"red": 2, "black": 3}) == 5
