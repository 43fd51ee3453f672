from pathlib import Path

import typer

from . import collect, judge, submit

app = typer.Typer()


@app.command()
def run(cases: Path):
    batch = collect.wait(submit.submit(cases))
    for case, answer in collect.answers(batch).items():
        typer.echo(f"{case}\t{judge.grade(case, '', answer).score}")


@app.command()
def cancel(batch: str):
    from .client import client
    client().batches.cancel(batch)


if __name__ == "__main__":
    app()
