from fractions import Fraction

from kestrel import meters


def test_feet_are_exact():
    assert meters(Fraction(3048, 10000)).to("feet") == 1
