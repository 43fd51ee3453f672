package dev.stanch.detectors.scan;

import dev.stanch.detectors.scan.Lexicon.Kind;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The build step that turns `lexicon.tsv` into the stored table. Never runs in the tool.
final class LexiconBuilder {
  private LexiconBuilder() {}

  /// Arguments: the lexicon, the folder of class files.
  public static void main(String[] args) throws IOException {
    var ids = new ArrayList<String>();
    var table = new TreeMap<Long, Integer>();
    for (String line : Files.readAllLines(Path.of(args[0]))) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      String[] columns = line.split("\t", -1);
      int service = ids.size();
      ids.add(columns[0]);
      for (String word : values(columns[2])) {
        boolean distinctive = word.endsWith("!");
        String bare = distinctive ? word.substring(0, word.length() - 1) : word;
        put(table, distinctive ? Kind.DISTINCTIVE : Kind.ORDINARY, bare, service);
      }
      values(columns[3]).forEach(host -> put(table, Kind.HOST, host, service));
      values(columns[4]).forEach(header -> put(table, Kind.HEADER, normalised(header), service));
      values(columns[5])
          .forEach(variable -> put(table, Kind.VARIABLE, normalised(variable), service));
    }
    Path file =
        Path.of(args[1])
            .resolve(LexiconBuilder.class.getPackageName().replace('.', '/'))
            .resolve("lexicon.bin");
    Files.createDirectories(file.getParent());
    try (var out =
        new DataOutputStream(new java.io.BufferedOutputStream(Files.newOutputStream(file)))) {
      out.writeInt(table.size());
      for (long hash : table.keySet()) {
        out.writeLong(hash);
      }
      for (int service : table.values()) {
        out.writeShort(service);
      }
      out.writeInt(ids.size() + 1);
      int start = 0;
      for (String id : ids) {
        out.writeInt(start);
        start += id.length();
      }
      out.writeInt(start);
      for (String id : ids) {
        out.writeBytes(id);
      }
    }
  }

  private static List<String> values(String column) {
    return column.equals("-") || column.isEmpty() ? List.of() : List.of(column.split("\\|"));
  }

  private static String normalised(String name) {
    return String.join("", NameJudge.words(name));
  }

  private static void put(Map<Long, Integer> table, Kind kind, String text, int service) {
    String key = kind == Kind.HOST ? text.toLowerCase(Locale.ROOT) : text;
    table.put(Lexicon.hash(kind, key, 0, key.length()), service);
  }
}
