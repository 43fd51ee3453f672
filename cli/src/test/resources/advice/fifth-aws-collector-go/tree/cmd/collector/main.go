package main

import (
	"context"
	"flag"
	"log/slog"
	"net/http"
	"os"
	"time"

	"github.com/aws/aws-sdk-go-v2/config"

	"acme.example/collector/internal/secret"
	"acme.example/collector/internal/sink"
)

var (
	listen = flag.String("listen", ":9000", "address")
	stream = flag.String("stream", "clicks", "Kinesis stream")
)

func main() {
	flag.Parse()
	ctx := context.Background()
	cfg, err := config.LoadDefaultConfig(ctx, config.WithRetryMaxAttempts(5))
	if err != nil {
		slog.Error("no configuration", "error", err)
		os.Exit(1)
	}
	dsn, err := secret.DatabaseURL(ctx, cfg)
	if err != nil {
		slog.Error("no database", "error", err)
		os.Exit(1)
	}
	archive := sink.NewArchive(cfg, os.Getenv("TELEMETRY_BUCKET"))
	clicks := sink.NewStream(cfg, *stream)
	batcher := sink.NewBatcher(archive, clicks, len(dsn) > 0)
	go batcher.Run(ctx, 30*time.Second)
	http.HandleFunc("POST /events", batcher.Accept)
	http.HandleFunc("GET /count", func(w http.ResponseWriter, r *http.Request) { archive.Count(r.Context(), w) })
	slog.Error("stopped", "error", http.ListenAndServe(*listen, nil))
}
