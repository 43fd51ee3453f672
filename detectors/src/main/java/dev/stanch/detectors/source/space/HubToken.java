package dev.stanch.detectors.source.space;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.stanch.detectors.http.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The caller's own credential for the Hub, found where its own tools find it.
final class HubToken {
  private final byte[] token;
  private final String origin;

  private HubToken(String token, String origin) {
    this.token = token.getBytes(ISO_8859_1);
    this.origin = origin;
  }

  /// The variable first, then the file that `hf auth login` writes.
  static HubToken of(Map<String, String> variables) {
    for (String name : new String[] {"HF_TOKEN", "HUGGING_FACE_HUB_TOKEN"}) {
      String value = variables.getOrDefault(name, "").strip();
      if (!value.isEmpty()) {
        return new HubToken(value, name);
      }
    }
    return file(variables).flatMap(HubToken::read).orElseGet(() -> new HubToken("", ""));
  }

  private static Optional<Path> file(Map<String, String> variables) {
    String named = variables.getOrDefault("HF_TOKEN_PATH", "");
    if (!named.isEmpty()) {
      return Optional.of(Path.of(named));
    }
    String home = variables.getOrDefault("HF_HOME", "");
    if (!home.isEmpty()) {
      return Optional.of(Path.of(home, "token"));
    }
    String cache = variables.getOrDefault("XDG_CACHE_HOME", "");
    if (!cache.isEmpty()) {
      return Optional.of(Path.of(cache, "huggingface", "token"));
    }
    return Optional.ofNullable(variables.get("HOME"))
        .map(folder -> Path.of(folder, ".cache", "huggingface", "token"));
  }

  private static Optional<HubToken> read(Path file) {
    try {
      String text = Files.readString(file, ISO_8859_1).strip();
      return text.isEmpty() ? Optional.empty() : Optional.of(new HubToken(text, file.toString()));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  boolean present() {
    return token.length > 0;
  }

  /// The variable or file it was found in.
  String origin() {
    return origin;
  }

  /// A copy.
  byte[] bytes() {
    return token.clone();
  }

  /// A request that carries it.
  Request on(Request request) {
    return present() ? request.bearer(token) : request;
  }
}
