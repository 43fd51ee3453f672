def test_title():
    import app

    assert app.demo.title == "Mood of a ticket"
