cd "$1"
npm publish
