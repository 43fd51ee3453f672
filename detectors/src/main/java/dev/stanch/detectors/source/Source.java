package dev.stanch.detectors.source;

/// Where bytes come from: a folder, a stream, a history, an image.
///
/// A source enumerates; the scanner's threads read. What cannot be read is told to the sink and
/// never ends the run.
public interface Source {
  /// What is scanned, as progress and messages name it.
  String label();

  /// Hands every chunk to `sink`, on the calling thread.
  ///
  /// @throws SourceException when the source as a whole cannot be read
  void enumerate(SourceSink sink) throws SourceException, InterruptedException;
}
