#!/bin/sh
set -eu
set -a
. ./login.env
set +a

az login --service-principal -u "$AZURE_CLIENT_ID" -p "$AZURE_CLIENT_SECRET" \
  --tenant "$AZURE_TENANT_ID" --output none

DATABASE_URL=$(az keyvault secret show --vault-name acme-vault --name database-url --query value -o tsv) || {
  echo "no database-url: an administrator runs" >&2
  echo "  az keyvault secret set --vault-name acme-vault --name database-url --value ..." >&2
  exit 1
}
export DATABASE_URL
exec ./server
