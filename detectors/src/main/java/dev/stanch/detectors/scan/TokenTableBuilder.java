package dev.stanch.detectors.scan;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import com.knuddels.jtokkit.api.IntArrayList;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;

/// The build step that cuts the token table out of a public vocabulary. Never runs in the tool.
final class TokenTableBuilder {
  /// Ranks below this go into the table: the merges that make up common words.
  private static final int RANKS = 20_000;

  private TokenTableBuilder() {}

  /// Argument: the folder of class files.
  public static void main(String[] args) throws IOException {
    Encoding encoding = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.CL100K_BASE);
    var table = new TreeMap<Long, Integer>();
    for (int rank = 256; rank < RANKS; rank++) {
      var one = new IntArrayList(1);
      one.add(rank);
      byte[] token = encoding.decodeBytes(one);
      if (token.length >= 2 && token.length <= 8 && isPrintable(token)) {
        table.put(TokenEfficiency.pack(token, 0, token.length), rank);
      }
    }
    Path file =
        Path.of(args[0])
            .resolve(TokenTableBuilder.class.getPackageName().replace('.', '/'))
            .resolve("tokens.bin");
    Files.createDirectories(file.getParent());
    try (var out = new DataOutputStream(Files.newOutputStream(file))) {
      out.writeInt(table.size());
      for (long token : table.keySet()) {
        out.writeLong(token);
      }
      for (int rank : table.values()) {
        out.writeShort(rank);
      }
    }
  }

  private static boolean isPrintable(byte[] token) {
    for (byte b : token) {
      if (b <= ' ' || b >= 0x7f) {
        return false;
      }
    }
    return true;
  }
}
