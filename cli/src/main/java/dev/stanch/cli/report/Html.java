package dev.stanch.cli.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A page that stands alone: nothing is fetched, and of scripts and styles only its own two run.
/// Its policy forbids all else, should something slip through. Without a script it is whole as
/// well.
final class Html {
  /// How a page ends.
  static final String END = "<script>" + resource("page.js") + "</script>\n</body>\n</html>\n";

  /// So many items are open from the start: what is to be done first can be read at once, and a
  /// page of thousands is soon there.
  private static final int OPEN = 20;

  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '%style'; \
      script-src '%script'; base-uri 'none'; form-action 'none'">
      <meta name="referrer" content="no-referrer">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>%title</title>
      <style>%css</style>
      </head>
      <body>
      """;

  private Html() {}

  /// One thing of a list that people search, filter and sort.
  ///
  /// @param tag a word before everything else, and the class that colours it
  /// @param head what it is, in HTML
  /// @param attention whether somebody has to do something about it
  /// @param data what it is filtered and sorted by, as `name: value`
  record Item(
      Tag tag, String head, Attention attention, Map<String, String> data, List<Fact> facts) {
    Item {
      requireNonNull(tag, "tag");
      requireNonNull(head, "head");
      requireNonNull(attention, "attention");
      data = Map.copyOf(data);
      facts = List.copyOf(facts);
    }
  }

  /// A word that stands first, and how it is coloured.
  record Tag(String text, String look) {
    Tag {
      requireNonNull(text, "text");
      requireNonNull(look, "look");
    }
  }

  /// Whether somebody has to do something.
  enum Attention {
    /// They have to.
    WANTED,
    /// They need not.
    NONE
  }

  /// How a page begins.
  static String begin(String title) {
    String css = resource("page.css");
    return HEAD.replace("%style", digest(css))
        .replace("%script", digest(resource("page.js")))
        .replace("%css", css)
        .replace("%title", text(title));
  }

  /// What the items of a page are searched, filtered and sorted with; the script shows it.
  ///
  /// @param filters names of [Item#data]
  /// @param orders names of [Item#data], with what the order is called
  static String tools(List<String> filters, List<Map.Entry<String, String>> orders) {
    var tools =
        new StringBuilder(
            """
            <form id="tools" hidden>
            <input type="search" placeholder="Search" aria-label="Search">
            """);
    for (String filter : filters) {
      tools
          .append("<select data-filter=\"" + text(filter) + "\" aria-label=\"" + text(filter))
          .append("\"><option value=\"\">any " + text(filter) + "</option></select>\n");
    }
    tools.append(
        "<select id=\"order\" aria-label=\"Order\"><option value=\"\">usual order</option>");
    for (var order : orders) {
      tools.append("<option value=\"" + text(order.getKey()) + "\">" + text(order.getValue()));
      tools.append("</option>");
    }
    return tools
        .append("</select>\n<button type=\"button\">Open or close all</button>\n")
        .append("<output id=\"shown\"></output>\n")
        .append("<span id=\"keys\">Keys: / search, Esc all, j and k next and previous,")
        .append(" Enter open, e open or close all</span>\n</form>\n")
        .toString();
  }

  /// A list of items, the first ones open.
  static final class Items {
    private int wanted;

    /// The next one of the list.
    String next(Item item) {
      boolean loud = item.attention() == Attention.WANTED;
      var html = new StringBuilder("<details class=\"item" + (loud ? "" : " quiet") + "\"");
      for (var datum : new TreeMap<>(item.data()).entrySet()) {
        html.append(" data-" + datum.getKey() + "=\"" + text(datum.getValue()) + "\"");
      }
      html.append(loud && wanted++ < OPEN ? " open>\n" : ">\n");
      html.append("<summary><span class=\"tag " + item.tag().look() + "\">");
      html.append(text(item.tag().text()) + "</span> " + item.head() + "</summary>\n");
      return html.append(list(item.facts())).append("</details>\n").toString();
    }
  }

  /// A list of facts.
  static String list(List<Fact> facts) {
    var list = new StringBuilder("<dl>\n");
    for (Fact fact : facts) {
      String code = fact.code().isEmpty() ? "" : code(fact.code());
      String gap = code.isEmpty() || fact.text().isEmpty() ? "" : " ";
      list.append("<dt>" + text(fact.label()) + "</dt><dd>");
      list.append(code + gap + text(fact.text()) + "</dd>\n");
    }
    return list.append("</dl>\n").toString();
  }

  /// How many there are of each, as bars.
  ///
  /// @param counts in the order in which they are shown
  static String bars(String id, Map<String, Integer> counts) {
    int most = counts.values().stream().mapToInt(Integer::intValue).max().orElse(1);
    var bars = new StringBuilder("<div id=\"" + text(id) + "\">\n");
    counts.forEach(
        (what, count) ->
            bars.append("<span>" + text(what) + "</span><progress max=\"" + most)
                .append("\" value=\"" + count + "\"></progress><span>" + count + "</span>\n"));
    return bars.append("</div>\n").toString();
  }

  /// Text in a code element.
  static String code(String raw) {
    return "<code>" + text(raw) + "</code>";
  }

  /// Text that stays text.
  static String text(String raw) {
    return Printable.of(raw)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  private static String resource(String name) {
    try (InputStream in = requireNonNull(Html.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(String text) {
    byte[] hash = new Sha256().update(text.getBytes(UTF_8)).digest();
    return "sha256-" + Base64.getEncoder().encodeToString(hash);
  }
}
