package dev.stanch.cli.command;

import dev.stanch.detectors.source.Source;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.SourceSink;
import java.util.List;
import java.util.stream.Collectors;

/// Several sources, one after the other.
record SourceSequence(List<Source> sources) implements Source {
  SourceSequence {
    sources = List.copyOf(sources);
  }

  @Override
  public String label() {
    return sources.stream().map(Source::label).collect(Collectors.joining(", "));
  }

  @Override
  public void enumerate(SourceSink sink) throws SourceException, InterruptedException {
    for (Source source : sources) {
      source.enumerate(sink);
    }
  }
}
