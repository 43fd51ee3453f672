// Command tally counts words of its input.
package main

import (
	"bufio"
	"fmt"
	"os"
)

func main() {
	words := map[string]int{}
	in := bufio.NewScanner(os.Stdin)
	in.Split(bufio.ScanWords)
	for in.Scan() {
		words[in.Text()]++
	}
	for word, n := range words {
		fmt.Printf("%7d %s\n", n, word)
	}
}
