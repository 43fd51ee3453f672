package main

import (
	"context"
	"flag"
	"log"
	"os"
	"os/signal"
	"time"

	"acme.dev/triage/internal/triage"
)

func main() {
	age := flag.Duration("age", 48*time.Hour, "how long may an incident wait")
	once := flag.Bool("once", false, "one round only")
	flag.Parse()

	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()

	t, err := triage.New(*age)
	if err != nil {
		log.Fatal(err)
	}
	every, err := time.ParseDuration(os.Getenv("TRIAGE_EVERY"))
	if err != nil {
		every = 15 * time.Minute
	}
	for {
		if err := t.Round(ctx); err != nil {
			log.Print(err)
		}
		if *once {
			return
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(every):
		}
	}
}
