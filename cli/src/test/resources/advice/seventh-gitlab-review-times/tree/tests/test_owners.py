from report.owners import parse


def test_comments_are_left_out():
    assert parse("# all\n/api/ @ana\n\n/web/ @bo # for now\n") == {"/api/": "@ana", "/web/": "@bo"}
