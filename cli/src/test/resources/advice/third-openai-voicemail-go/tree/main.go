package main

import (
	"context"
	"log"
	"os"
	"path/filepath"
	"time"

	"example.com/voicemail/internal/transcribe"
)

func main() {
	t, err := transcribe.New()
	if err != nil {
		log.Fatal(err)
	}
	dir := os.Getenv("SPOOL_DIR")
	for {
		files, _ := filepath.Glob(filepath.Join(dir, "*.wav"))
		for _, f := range files {
			text, err := t.File(context.Background(), f)
			if err != nil {
				log.Print(err)
				continue
			}
			if err := os.WriteFile(f+".txt", []byte(text+"\n"), 0o640); err == nil {
				_ = os.Rename(f, f+".done")
			}
		}
		time.Sleep(15 * time.Second)
	}
}
