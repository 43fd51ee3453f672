from unittest.mock import patch

from typer.testing import CliRunner

from adapterkit.cli import app


def test_publish_uploads_the_folder(tmp_path):
    with patch("adapterkit.cli.HfApi") as api:
        result = CliRunner().invoke(app, ["publish", str(tmp_path), "--repo", "osprey/test-adapter"])
    assert result.exit_code == 0
    api.return_value.upload_folder.assert_called_once()
