"""Developer tasks; needs `pip install invoke build twine`."""
from invoke import task

PYPI_TOKEN = "@@pypi@@"


@task
def clean(c):
    c.run("rm -rf dist build *.egg-info")


@task
def test(c):
    c.run("python -m pytest -q", pty=True)


@task(pre=[clean, test])
def release(c):
    c.run("python -m build")
    c.run("python -m twine check dist/*")
    c.run("python -m twine upload dist/*", env={"TWINE_USERNAME": "__token__", "TWINE_PASSWORD": PYPI_TOKEN})
