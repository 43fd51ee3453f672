package pages

import (
	"os"
	"path/filepath"
	"testing"
)

func TestRender(t *testing.T) {
	from, to := t.TempDir(), t.TempDir()
	if err := os.WriteFile(filepath.Join(from, "a.md"), []byte("# A"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := render(from, to); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(to, "a.html")); err != nil {
		t.Fatal(err)
	}
}
