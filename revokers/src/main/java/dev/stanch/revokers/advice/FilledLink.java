package dev.stanch.revokers.advice;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A link with its parameters.
final class FilledLink {
  private static final int LONGEST_NAME = 40;

  private final Book.Link link;
  private final List<String> parameters = new ArrayList<>();
  private final List<String> joined = new ArrayList<>();

  FilledLink(Book.Link link) {
    this.link = link;
    link.fixed().forEach(this::add);
  }

  private void add(String parameter, String value) {
    parameters.add(encoded(parameter) + "=" + encoded(value));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /// Whether it can hold a permission.
  boolean takes(String permission) {
    return !link.joined().isEmpty()
        || link.permissions().containsKey(permission)
        || link.permissions().containsKey("*");
  }

  /// Adds a permission, where the form takes it.
  void permission(String permission) {
    if (!link.joined().isEmpty()) {
      joined.add(permission);
    } else if (takes(permission)) {
      String filled =
          link.permissions()
              .getOrDefault(permission, link.permissions().getOrDefault("*", ""))
              .replace("{}", permission);
      int sign = filled.indexOf('=');
      add(filled.substring(0, sign), filled.substring(sign + 1));
    }
  }

  /// Adds whose resources they are, where the form takes it.
  void owner(String owner) {
    if (!link.owner().isEmpty()) {
      add(link.owner(), owner);
    }
  }

  /// Adds what the token is to be called, where the form takes it.
  void name(String name) {
    if (!link.name().isEmpty()) {
      add(link.name(), name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name);
    }
  }

  @Override
  public String toString() {
    var all = new ArrayList<String>(parameters);
    if (!joined.isEmpty()) {
      all.add(encoded(link.joined()) + "=" + encoded(String.join(",", joined)));
    }
    return all.isEmpty() ? link.address() : link.address() + "?" + String.join("&", all);
  }
}
