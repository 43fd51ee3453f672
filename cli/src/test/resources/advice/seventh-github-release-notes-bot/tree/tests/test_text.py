from notes.text import render


def test_groups():
    assert render([(1, "fix(api): no crash"), (2, "tidy")]).startswith("## Fixed\n- no crash (#1)")
