from types import SimpleNamespace
from unittest.mock import MagicMock

from notes.writer import NotesWriter


def test_only_text_blocks_are_kept():
    client = MagicMock()
    client.messages.create.return_value = SimpleNamespace(
        content=[SimpleNamespace(type="thinking"), SimpleNamespace(type="text", text="09:12 alert")]
    )
    assert NotesWriter(client).write(["09:12 alert fired"]) == "09:12 alert"
