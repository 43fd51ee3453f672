package dev.stanch.detectors.source;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.Location;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Provenance;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;

/// The named values of one thing as one text, a line `NAME=value` for each, so that a key finds the
/// secret beside it. A place in it is that of its value, counted from the value's own line.
public final class SettingsChunk implements Chunk {
  private final Provenance.Setting whole;
  private final byte[] text;
  private final List<Entry> entries;

  /// @param at offset of its first byte
  /// @param line its first line, from 1
  private record Entry(String name, SortedMap<String, String> details, int at, int line) {}

  private SettingsChunk(Provenance.Setting whole, byte[] text, List<Entry> entries) {
    this.whole = whole;
    this.text = text;
    this.entries = List.copyOf(entries);
  }

  /// Collects the values of one thing.
  public static final class Builder {
    private final Provenance.Setting whole;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final List<Entry> entries = new ArrayList<>();
    private int line = 1;

    /// A builder for the values that `container` has.
    public Builder(
        Provenance.Setting.Kind kind, String container, SortedMap<String, String> details) {
      this.whole = new Provenance.Setting(kind, container, "", details);
    }

    /// Takes a value; no name means that the value speaks for itself, as a command line does.
    ///
    /// @param title what places call it
    public Builder add(String title, String name, byte[] value) {
      return add(title, name, value, whole.details());
    }

    /// The same with details of its own.
    public Builder add(String title, String name, byte[] value, SortedMap<String, String> details) {
      entries.add(new Entry(requireNonNull(title, "title"), details, text.size(), line));
      if (!name.isEmpty()) {
        text.writeBytes(name.getBytes(StandardCharsets.UTF_8));
        text.write('=');
      }
      text.writeBytes(value);
      text.write('\n');
      for (byte one : value) {
        line += one == '\n' ? 1 : 0;
      }
      line++;
      return this;
    }

    /// Takes the value of a variable.
    public Builder add(String name, byte[] value) {
      return add(name, name, value);
    }

    /// Whether there is nothing to scan.
    public boolean isEmpty() {
      return entries.isEmpty();
    }

    /// The values taken.
    public SettingsChunk build() {
      return new SettingsChunk(whole, text.toByteArray(), entries);
    }
  }

  /// Words as a shell would be told them, so that rules for command lines read them.
  public static String commandLine(List<String> words) {
    return words.stream()
        .map(
            word ->
                word.chars().anyMatch(one -> " \t\n\"$".indexOf(one) >= 0)
                    ? "'" + word + "'"
                    : word)
        .collect(Collectors.joining(" "));
  }

  @Override
  public Provenance provenance() {
    return whole;
  }

  @Override
  public List<Place> places(Location location, List<String> via) {
    int index = 0;
    while (index + 1 < entries.size() && entries.get(index + 1).at() <= location.offset()) {
      index++;
    }
    Entry entry = entries.get(index);
    int before = entry.line() - 1;
    return List.of(
        new Place(
            new Provenance.Setting(whole.of(), whole.container(), entry.name(), entry.details()),
            new Location(
                location.line() - before,
                location.column(),
                location.endLine() - before,
                location.endColumn(),
                location.offset() - entry.at()),
            via));
  }

  @Override
  public long size() {
    return text.length;
  }

  @Override
  public InputStream open() {
    return new ByteArrayInputStream(text) {
      @Override
      public void close() {
        // The text holds what it was read for: nothing of it stays once it was scanned.
        Arrays.fill(text, (byte) 0);
      }
    };
  }
}
