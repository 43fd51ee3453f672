export TWINE_USERNAME=__token__
export TWINE_PASSWORD=@@pypi@@
cd "$1"
python -m build
twine upload dist/*
