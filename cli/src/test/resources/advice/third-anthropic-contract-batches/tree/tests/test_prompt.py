def test_prompt_names_fields():
    source = open("contracts/extract.py").read()
    for field in ("parties", "notice period", "governing law"):
        assert field in source
