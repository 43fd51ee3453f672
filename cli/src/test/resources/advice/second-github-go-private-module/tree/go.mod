module github.com/acme/billing

go 1.24

require (
	github.com/acme/ledger v1.9.2
	github.com/jackc/pgx/v5 v5.7.5
	github.com/spf13/cobra v1.9.1
)
