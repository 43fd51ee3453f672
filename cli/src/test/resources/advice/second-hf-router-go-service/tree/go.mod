module github.com/acme/summarizer

go 1.24
