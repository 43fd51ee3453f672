module example.com/sandpiper/review-gate

go 1.23

require github.com/google/go-github/v66 v66.0.0
