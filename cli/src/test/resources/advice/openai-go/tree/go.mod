module acme.example/ask

go 1.23

require github.com/sashabaranov/go-openai v1.40.0
