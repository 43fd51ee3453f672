from PIL import Image

from palette import dominant


def test_one_colour():
    assert dominant(Image.new("RGB", (8, 8), (10, 20, 30)), 2)[0] == (10, 20, 30)
