package sink

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"time"
)

type Batcher struct {
	mu      sync.Mutex
	events  [][]byte
	archive *Archive
	stream  *Stream
	ready   bool
}

func NewBatcher(archive *Archive, stream *Stream, ready bool) *Batcher {
	return &Batcher{archive: archive, stream: stream, ready: ready}
}

func (b *Batcher) Accept(w http.ResponseWriter, r *http.Request) {
	event, err := io.ReadAll(io.LimitReader(r.Body, 1<<16))
	if err != nil || !b.ready {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.events = append(b.events, event)
	w.WriteHeader(http.StatusAccepted)
}

func (b *Batcher) Run(ctx context.Context, every time.Duration) {
	for range time.Tick(every) {
		b.mu.Lock()
		events := b.events
		b.events = nil
		b.mu.Unlock()
		if len(events) == 0 {
			continue
		}
		if err := b.archive.Write(ctx, bytes.Join(events, []byte("\n"))); err != nil {
			slog.Error("archive", "error", err)
		}
		if err := b.stream.Write(ctx, events); err != nil {
			slog.Error("stream", "error", err)
		}
	}
}
