package main

import (
	"fmt"
	"os"

	"github.com/acme/ledger"
	"github.com/spf13/cobra"
)

func main() {
	root := &cobra.Command{
		Use: "billing",
		RunE: func(cmd *cobra.Command, args []string) error {
			book, err := ledger.Open(os.Getenv("DATABASE_URL"))
			if err != nil {
				return err
			}
			fmt.Println(book.Balance())
			return nil
		},
	}
	if err := root.Execute(); err != nil {
		os.Exit(1)
	}
}
