from pathlib import Path
from typing import Annotated

import typer
from huggingface_hub import HfApi

from adapterkit.training import train as run_training

app = typer.Typer()


@app.command()
def train(out: Path, rank: int = 16) -> None:
    """Train an adapter into a local folder."""
    run_training(rank, out)


@app.command()
def publish(folder: Path, repo: Annotated[str, typer.Option()], message: str = "Upload adapter") -> None:
    """Upload a trained adapter."""
    api = HfApi()
    api.create_repo(repo, private=True, exist_ok=True)
    api.upload_folder(repo_id=repo, folder_path=folder, commit_message=message, ignore_patterns=["checkpoint-*"])
    typer.echo(f"uploaded {folder} to {repo}")
