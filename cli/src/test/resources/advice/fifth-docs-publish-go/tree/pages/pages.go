// Package pages puts the rendered docs where they are read.
package pages

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing/object"
	"github.com/go-git/go-git/v5/plumbing/transport/http"
	"github.com/google/go-github/v66/github"
	"github.com/yuin/goldmark"
)

const (
	owner = "acme"
	name  = "docs-site"
)

type Site struct {
	Token string
	Title string
}

func (s Site) Publish(ctx context.Context, docs string) error {
	out, err := os.MkdirTemp("", "site")
	if err != nil {
		return err
	}
	defer os.RemoveAll(out)
	auth := &http.BasicAuth{Username: "x-access-token", Password: s.Token}
	repo, err := git.PlainCloneContext(ctx, out, false, &git.CloneOptions{
		URL:  "https://github.com/acme/docs-site.git",
		Auth: auth,
	})
	if err != nil {
		return err
	}
	if err := render(docs, out); err != nil {
		return err
	}
	tree, err := repo.Worktree()
	if err != nil {
		return err
	}
	if err := tree.AddGlob("."); err != nil {
		return err
	}
	hash, err := tree.Commit("Publish "+s.Title, &git.CommitOptions{
		Author: &object.Signature{Name: "docs-bot", Email: "docs@acme.example", When: time.Now()},
	})
	if err != nil {
		return err
	}
	if err := repo.PushContext(ctx, &git.PushOptions{Auth: auth}); err != nil {
		return err
	}
	client := github.NewClient(nil).WithAuthToken(s.Token)
	_, _, err = client.Repositories.CreateStatus(ctx, owner, name, hash.String(), &github.RepoStatus{
		State:   github.String("success"),
		Context: github.String("docs/published"),
	})
	return err
}

func render(from, to string) error {
	return filepath.WalkDir(from, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".md") {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		var page bytes.Buffer
		if err := goldmark.Convert(text, &page); err != nil {
			return err
		}
		rel, _ := filepath.Rel(from, path)
		target := filepath.Join(to, strings.TrimSuffix(rel, ".md")+".html")
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return err
		}
		return os.WriteFile(target, page.Bytes(), 0o644)
	})
}
