from standup.store import Answers


def test_today():
    answers = Answers(":memory:")
    answers.add("U1", "the report")
    assert answers.today() == [("U1", "the report")]
