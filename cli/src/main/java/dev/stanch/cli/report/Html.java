package dev.stanch.cli.report;

import java.util.List;

/// A page that stands alone: no script, nothing fetched. Its policy forbids both, should something
/// slip through.
final class Html {
  /// How a page ends.
  static final String END = "</body>\n</html>\n";

  private static final String HEAD =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>%s</title>
      <style>
      body { font: 15px/1.5 system-ui, sans-serif; max-width: 64rem; margin: 2rem auto; padding: 0 1rem; }
      details { border: 1px solid #8884; border-radius: .4rem; margin: .6rem 0; padding: .5rem .8rem; }
      summary { cursor: pointer; }
      dl { display: grid; grid-template-columns: 8rem 1fr; gap: .2rem .8rem; }
      dt { font-weight: 600; }
      dd { margin: 0; overflow-wrap: anywhere; }
      code { font: 13px ui-monospace, monospace; }
      .critical, .high { color: #b3261e; font-weight: 700; }
      .medium { color: #8a5a00; font-weight: 700; }
      .quiet { opacity: .6; }
      @media (prefers-color-scheme: dark) { body { background: #16181c; color: #e6e6e6; }
        .critical, .high { color: #ff8a80; } .medium { color: #ffcc80; } }
      </style>
      </head>
      <body>
      """;

  private Html() {}

  /// How a page begins.
  static String begin(String title) {
    return HEAD.replace("%s", text(title));
  }

  private static String item(String label, String html) {
    return "<dt>" + text(label) + "</dt><dd>" + html + "</dd>\n";
  }

  /// A list of facts.
  static String list(List<Fact> facts) {
    var list = new StringBuilder("<dl>\n");
    for (Fact fact : facts) {
      String code = fact.code().isEmpty() ? "" : code(fact.code());
      String gap = code.isEmpty() || fact.text().isEmpty() ? "" : " ";
      list.append(item(fact.label(), code + gap + text(fact.text())));
    }
    return list.append("</dl>\n").toString();
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
}
