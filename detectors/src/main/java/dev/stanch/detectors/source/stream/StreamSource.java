package dev.stanch.detectors.source.stream;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.source.Chunk;
import dev.stanch.detectors.source.Source;
import dev.stanch.detectors.source.SourceSink;
import java.io.InputStream;

/// One stream, such as standard input.
public final class StreamSource implements Source {
  private final String name;
  private final InputStream in;

  /// A source of what `in` gives, once.
  public StreamSource(String name, InputStream in) {
    this.name = requireNonNull(name, "name");
    this.in = requireNonNull(in, "in");
  }

  @Override
  public String label() {
    return name;
  }

  @Override
  public void enumerate(SourceSink sink) throws InterruptedException {
    sink.chunk(
        new Chunk() {
          @Override
          public Provenance provenance() {
            return new Provenance.Stream(name);
          }

          @Override
          public long size() {
            return -1;
          }

          @Override
          public InputStream open() {
            return in;
          }
        });
  }
}
