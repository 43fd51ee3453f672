package dev.stanch.cli;

import static java.util.Objects.requireNonNull;

import java.io.InputStream;
import java.io.PrintWriter;

/// The streams of one run (results go to `out`, everything else to `err`) and where it runs.
public record Console(PrintWriter out, PrintWriter err, InputStream in, Environment environment) {
  public Console {
    requireNonNull(out, "out");
    requireNonNull(err, "err");
    requireNonNull(in, "in");
    requireNonNull(environment, "environment");
  }
}
