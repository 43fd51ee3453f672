module ternlabs.example/alert-tickets

go 1.23

require (
	github.com/google/go-github/v66 v66.0.0
	github.com/joho/godotenv v1.5.1
)
