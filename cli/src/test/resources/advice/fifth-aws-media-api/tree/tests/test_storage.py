def test_size_of_what_is_there(cloud):
    from app.storage import MediaStore

    cloud.put_object(Bucket="test-uploads", Key="raw/a", Body=b"abc")
    assert MediaStore("test-uploads").size("raw/a") == 3
    assert MediaStore("test-uploads").size("raw/b") is None
