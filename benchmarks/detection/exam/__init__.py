"""The detection exam: planted secrets, near misses and the files they stand in."""
