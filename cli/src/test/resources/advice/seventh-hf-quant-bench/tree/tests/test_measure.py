from bench.measure import perplexity


def test_is_repeatable():
    assert perplexity("a", 4, 1) == perplexity("a", 4, 1)
