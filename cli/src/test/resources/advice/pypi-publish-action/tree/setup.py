from setuptools import find_packages, setup

setup(
    name="tidewater",
    version="0.3.2",
    packages=find_packages(),
    install_requires=["numpy", "xarray"],
)
