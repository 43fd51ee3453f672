set -e
npm publish --workspace=@initech/cli
npm publish -w @initech/sdk --tag next
