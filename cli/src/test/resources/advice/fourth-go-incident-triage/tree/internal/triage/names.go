package triage

const (
	owner     = "acme-ops"
	incidents = "incidents"
	rotaRepo  = "rota"
	rotaFile  = "weeks.yml"

	labelStale = "stale"
)
