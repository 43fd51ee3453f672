package dev.stanch.revokers.advice;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.stanch.revokers.spi.Code;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The packages that manifests name: those of others that only a token opens, and those of the
/// tree.
final class Dependencies {
  private static final Pattern NAME =
      Pattern.compile("\"name\"\\s*:\\s*\"(?:(@[\\w.-]+)/)?([\\w.-]+)\"");
  private static final Pattern HIDDEN = Pattern.compile("\"private\"\\s*:\\s*true");
  private static final Pattern SCOPED =
      Pattern.compile("\"(@[\\w.-]+)/([\\w.-]+)\"\\s*:\\s*\"([^\"]*)\"");
  private static final Pattern REGISTRY = Pattern.compile("(?m)^\\s*(@[\\w.-]+):registry\\s*=");
  private static final Pattern MODULE =
      Pattern.compile(
          "(?m)^\\s*(?:require\\s+)?github\\.com/([\\w.-]+/[\\w.-]+)(?:/\\S*)?\\s+v\\d");
  private static final Pattern PRIVATE =
      Pattern.compile("GOPRIVATE\"?\\s*[=:]\\s*[\"']?([^\\s\"']+)");

  private Dependencies() {}

  /// Those of a kind: `npm`, `go`, `npm-own`. Empty where no file says which there are.
  static Optional<Set<String>> of(String kind, Files files) {
    return switch (kind) {
      case "npm" -> ofNpm(files);
      case "go" -> ofGo(files);
      case "npm-own" -> published(files);
      default -> throw new IllegalArgumentException(kind);
    };
  }

  /// The packages of the tree that may be published.
  private static Optional<Set<String>> published(Files files) {
    var names = new TreeSet<String>();
    for (Code.File file : files.named("package.json")) {
      Matcher name = NAME.matcher(file.text());
      if (name.find() && !HIDDEN.matcher(file.text()).find()) {
        names.add((name.group(1) == null ? "" : name.group(1) + "/") + name.group(2));
      }
    }
    return names.isEmpty() ? Optional.empty() : Optional.of(names);
  }

  /// What has the scope of the packages of the tree, or one that a file of settings has a registry
  /// for.
  private static Optional<Set<String>> ofNpm(Files files) {
    var scopes = new TreeSet<String>();
    var own = new TreeSet<String>();
    boolean manifest = false;
    for (Code.File file : files.named(".npmrc")) {
      Matcher registry = REGISTRY.matcher(file.text());
      while (registry.find()) {
        scopes.add(registry.group(1));
      }
    }
    List<Code.File> manifests = files.named("package.json");
    for (Code.File file : manifests) {
      Matcher name = NAME.matcher(file.text());
      if (name.find()) {
        manifest = true;
        if (name.group(1) != null) {
          scopes.add(name.group(1));
          own.add(name.group(1) + "/" + name.group(2));
        }
      }
    }
    var asked = new TreeSet<String>();
    boolean others = false;
    for (Code.File file : manifests) {
      Matcher scoped = SCOPED.matcher(file.text());
      while (scoped.find()) {
        String whole = scoped.group(1) + "/" + scoped.group(2);
        boolean ours = scopes.contains(scoped.group(1));
        boolean local =
            scoped.group(3).startsWith("workspace:") || scoped.group(3).startsWith("file:");
        if (ours && !own.contains(whole) && !local) {
          asked.add(whole);
        }
        others |= !ours;
      }
    }
    return manifest && (!asked.isEmpty() || !others) ? Optional.of(asked) : Optional.empty();
  }

  /// What `GOPRIVATE` names of the modules that are asked for.
  private static Optional<Set<String>> ofGo(Files files) {
    var patterns = new TreeSet<String>();
    var modules = new TreeSet<String>();
    for (Code.File file : files.containing("GOPRIVATE")) {
      Matcher open = PRIVATE.matcher(file.text());
      while (open.find()) {
        for (String each : open.group(1).split(",", -1)) {
          patterns.add(each.replaceFirst("^github\\.com/?", "").replaceFirst("/?\\*$", ""));
        }
      }
    }
    for (Code.File file : files.named("go.mod")) {
      Matcher module = MODULE.matcher(file.text());
      while (module.find()) {
        modules.add(module.group(1));
      }
    }
    if (patterns.isEmpty()) {
      return Optional.empty();
    }
    modules.removeIf(
        module ->
            patterns.stream()
                .noneMatch(each -> module.equals(each) || module.startsWith(each + "/")));
    return Optional.of(modules);
  }
}
