from prometheus_client import REGISTRY

import driftwood


def test_metres():
    driftwood.record("north", 1250)
    assert REGISTRY.get_sample_value("tide_level_metres", {"gauge": "north"}) == 1.25
