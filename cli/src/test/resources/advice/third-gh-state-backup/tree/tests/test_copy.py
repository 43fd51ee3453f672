import backup


def test_copies_only_states(tmp_path):
    source, target = tmp_path / "a", tmp_path / "b"
    (source / "net").mkdir(parents=True)
    (source / "net" / "terraform.tfstate").write_text("{}")
    (source / "net" / "main.tf").write_text("")
    assert backup.copy_states(source, target) == 1
    assert (target / "net" / "terraform.tfstate").exists()
