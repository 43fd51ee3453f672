export DEPLOY_GITHUB_TOKEN="@@github@@"
export REPO="acme/storefront"
export HOST="web-1.acme.example"
