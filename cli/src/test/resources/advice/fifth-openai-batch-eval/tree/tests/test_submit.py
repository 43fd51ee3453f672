from evals.submit import requests


def test_one_line_for_each_case():
    assert requests([{"id": "a", "prompt": "x"}, {"id": "b", "prompt": "y"}]).count("\n") == 1
