package dev.stanch.detectors.scan;

import dev.stanch.detectors.scan.NameJudge.Kind;
import dev.stanch.detectors.scan.WordTable.Of;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The build step that turns the word lists into the stored table. Never runs in the tool.
final class WordTableBuilder {
  private WordTableBuilder() {}

  /// Arguments: the folder of the lists, the folder of class files.
  public static void main(String[] args) throws IOException {
    var table = new TreeMap<Long, Byte>();
    for (String list : List.of("name-words.txt", "path-words.txt", "placeholder-words.txt")) {
      for (String[] columns : rows(Path.of(args[0], list))) {
        // A documented example stands as its hash, so that the tree holds no token.
        if (Of.of(columns[0]) == Of.DOCUMENTED) {
          table.put(Long.parseUnsignedLong(columns[1], 16), (byte) 0);
        } else {
          table.put(WordTable.hash(Of.of(columns[0]), columns[1]), (byte) 0);
        }
      }
    }
    for (String[] columns : rows(Path.of(args[0], "telling-names.tsv"))) {
      Kind kind = kind(columns[1]);
      int weight = kind == null ? 0 : (int) Math.round(Double.parseDouble(columns[2]) * 15);
      table.put(
          WordTable.hash(Of.TELLING, columns[0]),
          (byte) (kind == null ? 0 : kind.code * 16 + weight));
    }
    Path file =
        Path.of(args[1])
            .resolve(WordTableBuilder.class.getPackageName().replace('.', '/'))
            .resolve("words.bin");
    Files.createDirectories(file.getParent());
    try (var out =
        new DataOutputStream(new java.io.BufferedOutputStream(Files.newOutputStream(file)))) {
      out.writeInt(table.size());
      for (Map.Entry<Long, Byte> entry : table.entrySet()) {
        out.writeLong(entry.getKey());
      }
      for (Map.Entry<Long, Byte> entry : table.entrySet()) {
        out.writeByte(entry.getValue());
      }
    }
  }

  private static List<String[]> rows(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(line -> line.split("\t", -1))
        .toList();
  }

  /// What a generic finding can be of; null for what rules of their own read, and for the harmless.
  private static @Nullable Kind kind(String label) {
    return switch (label) {
      case "password" -> Kind.PASSWORD;
      case "secret", "code", "totp" -> Kind.SECRET;
      case "token", "macaroon" -> Kind.TOKEN;
      case "key", "salt" -> Kind.KEY;
      case "auth" -> Kind.CREDENTIAL;
      default -> null;
    };
  }
}
