from fractions import Fraction

FEET_PER_METER = Fraction(10000, 3048)


class Length:
    def __init__(self, meters: Fraction):
        self.meters = meters

    def to(self, unit: str) -> Fraction:
        return self.meters * {"meters": Fraction(1), "feet": FEET_PER_METER}[unit]


def meters(value) -> Length:
    return Length(Fraction(value))
