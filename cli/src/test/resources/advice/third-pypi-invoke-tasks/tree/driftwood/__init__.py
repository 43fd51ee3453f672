from prometheus_client import Gauge

LEVEL = Gauge("tide_level_metres", "Level above chart datum", ["gauge"])


def record(gauge, millimetres):
    LEVEL.labels(gauge).set(millimetres / 1000)
