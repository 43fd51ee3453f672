from unittest import mock

from lake import files


def test_empty_files_are_left_out():
    pages = [{"Contents": [{"Key": "a", "Size": 0}, {"Key": "b", "Size": 3}]}, {}]
    with mock.patch("lake.files.s3") as s3:
        s3.return_value.get_paginator.return_value.paginate.return_value = pages
        assert list(files.of_day("2026-01-01")) == ["b"]
