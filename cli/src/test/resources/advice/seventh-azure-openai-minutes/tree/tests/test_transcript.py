from minutes.transcript import plain


def test_times_are_left_out():
    assert plain("WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nAna: hello\n") == "Ana: hello"
