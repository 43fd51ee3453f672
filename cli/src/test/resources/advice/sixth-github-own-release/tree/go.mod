module example.com/mirelle/tally

go 1.23
