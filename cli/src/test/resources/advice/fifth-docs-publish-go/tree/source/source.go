// Package source reads the docs where they are written.
package source

import (
	"context"
	"fmt"

	"github.com/go-git/go-git/v5"
	"github.com/go-git/go-git/v5/plumbing/transport/http"
	gitlab "gitlab.com/gitlab-org/api/client-go"
)

const (
	project = "acme/handbook"
	address = "https://gitlab.com/acme/handbook.git"
)

type Source struct {
	token string
	api   *gitlab.Client
}

func Open(token string) (*Source, error) {
	api, err := gitlab.NewClient(token)
	if err != nil {
		return nil, fmt.Errorf("gitlab: %w", err)
	}
	return &Source{token: token, api: api}, nil
}

func (s *Source) Title() (string, error) {
	found, _, err := s.api.Projects.GetProject(project, nil)
	if err != nil {
		return "", err
	}
	// s.api.Notes.CreateMergeRequestNote(project, 1, &gitlab.CreateMergeRequestNoteOptions{Body: gitlab.Ptr("published")})
	return found.Name, nil
}

func (s *Source) Clone(ctx context.Context, dir string) error {
	_, err := git.PlainCloneContext(ctx, dir, false, &git.CloneOptions{
		URL:   address,
		Auth:  &http.BasicAuth{Username: "oauth2", Password: s.token},
		Depth: 1,
	})
	return err
}
