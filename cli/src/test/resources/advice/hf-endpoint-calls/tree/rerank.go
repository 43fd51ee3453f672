package rerank

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
)

const (
	endpoint = "https://k3f9x0example.eu-west-1.aws.endpoints.huggingface.cloud/rerank"
	hfToken  = "@@huggingface@@"
)

type result struct {
	Index int     `json:"index"`
	Score float64 `json:"score"`
}

// Rerank orders the texts by how well they answer the query.
func Rerank(query string, texts []string) ([]result, error) {
	body, err := json.Marshal(map[string]any{"query": query, "texts": texts})
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequest(http.MethodPost, endpoint, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bearer "+hfToken)
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("rerank: %s", resp.Status)
	}
	var out []result
	return out, json.NewDecoder(resp.Body).Decode(&out)
}
