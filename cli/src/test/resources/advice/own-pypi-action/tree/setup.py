from setuptools import setup
setup(name="acme-tool", version="0.1")
