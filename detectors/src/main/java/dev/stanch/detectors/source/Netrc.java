package dev.stanch.detectors.source;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The logins of a `.netrc`, in its order. A machine may have several, and macros are no logins.
public final class Netrc {
  /// The machine of the login for all others.
  public static final String DEFAULT = "default";

  private final List<Entry> entries;

  private Netrc(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /// A login.
  public static final class Entry {
    private final String machine;
    private String login = "";
    private String password = "";

    private Entry(String machine) {
      this.machine = requireNonNull(machine, "machine");
    }

    /// The host, or [#DEFAULT].
    public String machine() {
      return machine;
    }

    /// The user's name; empty where there is none.
    public String login() {
      return login;
    }

    /// What proves it; empty where there is none.
    public String password() {
      return password;
    }

    @Override
    public String toString() {
      return "Entry[" + machine + "]";
    }
  }

  /// Reads a text; what is none of a `.netrc`'s words is passed over.
  public static Netrc parse(String text) {
    var entries = new ArrayList<Entry>();
    var words = new Words(text);
    Entry entry = null;
    for (String word = words.next(); word != null; word = words.next()) {
      switch (word) {
        case "machine" -> entry = added(entries, words.next());
        case "default" -> entry = added(entries, DEFAULT);
        case "macdef" -> words.skipMacro();
        case "login", "password", "account" -> {
          String value = words.next();
          if (entry != null && value != null && word.equals("login")) {
            entry.login = value;
          } else if (entry != null && value != null && word.equals("password")) {
            entry.password = value;
          }
        }
        default -> {}
      }
    }
    return new Netrc(entries);
  }

  private static @Nullable Entry added(List<Entry> entries, @Nullable String machine) {
    if (machine == null) {
      return null;
    }
    var entry = new Entry(machine);
    entries.add(entry);
    return entry;
  }

  /// All of them.
  public List<Entry> entries() {
    return entries;
  }

  /// The first login for a host, of this user where one is named, or else the default one.
  public Optional<Entry> find(String host, @Nullable String user) {
    return entries.stream()
        .filter(entry -> entry.machine().equals(host))
        .filter(entry -> user == null || entry.login().equals(user))
        .findFirst()
        .or(
            () ->
                entries.stream()
                    .filter(entry -> entry.machine().equals(DEFAULT))
                    .filter(entry -> user == null || entry.login().equals(user))
                    .findFirst());
  }

  /// The words of a text: what stands between spaces, or between quotes.
  private static final class Words {
    private final String text;
    private int at;

    Words(String text) {
      this.text = text;
    }

    @Nullable String next() {
      skipSpace();
      if (at == text.length()) {
        return null;
      }
      if (text.charAt(at) == '"') {
        return quoted();
      }
      int start = at;
      while (at < text.length() && !Character.isWhitespace(text.charAt(at))) {
        at++;
      }
      return text.substring(start, at);
    }

    /// Space, and lines that begin as remarks.
    private void skipSpace() {
      while (at < text.length()) {
        if (text.charAt(at) == '#'
            && text.substring(text.lastIndexOf('\n', at) + 1, at).isBlank()) {
          int end = text.indexOf('\n', at);
          at = end < 0 ? text.length() : end;
        } else if (Character.isWhitespace(text.charAt(at))) {
          at++;
        } else {
          return;
        }
      }
    }

    private String quoted() {
      var word = new StringBuilder();
      for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
        if (text.charAt(at) == '\\' && at + 1 < text.length()) {
          at++;
        }
        word.append(text.charAt(at));
      }
      at = Math.min(at + 1, text.length());
      return word.toString();
    }

    /// A macro goes on to the next empty line.
    void skipMacro() {
      int end = text.indexOf("\n\n", at);
      at = end < 0 ? text.length() : end;
    }
  }
}
