package transcribe

import (
	"context"
	"fmt"
	"os"
	"strings"

	openai "github.com/sashabaranov/go-openai"
)

// Transcriber turns recordings into text.
type Transcriber struct {
	client   *openai.Client
	language string
}

// New reads key and language from the environment.
func New() (*Transcriber, error) {
	key := os.Getenv("OPENAI_API_KEY")
	if key == "" {
		return nil, fmt.Errorf("OPENAI_API_KEY is not set")
	}
	return &Transcriber{client: openai.NewClient(key), language: os.Getenv("LANGUAGE")}, nil
}

// File transcribes one recording.
func (t *Transcriber) File(ctx context.Context, path string) (string, error) {
	resp, err := t.client.CreateTranscription(ctx, openai.AudioRequest{
		Model:    openai.Whisper1,
		FilePath: path,
		Language: t.language,
	})
	if err != nil {
		return "", fmt.Errorf("transcribe %s: %w", path, err)
	}
	return strings.TrimSpace(resp.Text), nil
}
