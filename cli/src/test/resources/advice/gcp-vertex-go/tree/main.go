package main

import (
	"context"
	"fmt"
	"log"

	"cloud.google.com/go/vertexai/genai"
	"google.golang.org/api/option"
)

func main() {
	ctx := context.Background()
	client, err := genai.NewClient(ctx, "acme-prod", "europe-west4", option.WithCredentialsFile("vertex.json"))
	if err != nil {
		log.Fatal(err)
	}
	defer client.Close()
	model := client.GenerativeModel("gemini-2.0-flash")
	answer, err := model.GenerateContent(ctx, genai.Text("Name three rivers."))
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(answer.Candidates[0].Content.Parts[0])
}
