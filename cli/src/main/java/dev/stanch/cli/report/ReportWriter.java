package dev.stanch.cli.report;

import java.io.IOException;
import java.io.Writer;

/// Writes a report in one format. The same report gives the same bytes.
public interface ReportWriter {
  /// Writes all of `report`; the caller flushes and closes.
  void write(Report report, Writer out) throws IOException;
}
