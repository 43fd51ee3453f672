package dev.stanch.revokers.advice;

import dev.stanch.revokers.spi.Advice;
import dev.stanch.revokers.spi.Advice.Permission;
import dev.stanch.revokers.spi.Advice.Unclear;
import dev.stanch.revokers.spi.Advice.Use;
import dev.stanch.revokers.spi.Adviser;
import dev.stanch.revokers.spi.Code;
import dev.stanch.revokers.spi.Verification;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Makes advice of a book: what the code needs, cut down to what the token may do. Thread-safe.
final class BookAdviser implements Adviser {
  private static final int MOST_EVIDENCE = 12;

  private final Supplier<Book> reader;
  private final Scripts kept;
  private volatile @Nullable Read read;

  /// A book with its rules in order.
  private record Read(Book book, Uses uses) {}

  /// @param reader reads the book; asked again only by threads that come at once
  /// @param kept the files of trees, shared with other advisers
  BookAdviser(Supplier<Book> reader, Scripts kept) {
    this.reader = reader;
    this.kept = kept;
  }

  private Read read() {
    Read known = read;
    if (known == null) {
      Book book = reader.get();
      known = new Read(book, new Uses(book));
      read = known;
    }
    return known;
  }

  @Override
  public Advice advise(Verification verification, Code code) {
    Read read = read();
    var draft = new Draft(read.book(), verification.told().scopes());
    synchronized (kept) { // what is read of a file is read on by each that looks into it
      tree(read, code, "", draft);
      code.further().forEach((name, tree) -> tree(read, tree, name + "/", draft));
    }
    return draft.advice(code.allNames());
  }

  private void tree(Read read, Code code, String before, Draft draft) {
    if (code.files().isEmpty()) {
      return;
    }
    var finder = new UseFinder(read.book(), read.uses(), kept, code);
    draft.tree(finder.find(), finder.runners(), before);
  }

  @Override
  public boolean includes(String one, String other) {
    return holds(read().book(), one, other);
  }

  @Override
  public boolean needs(String permission, String scope) {
    Book book = read().book();
    List<String> allowed = book.scopes().get(scope);
    boolean itself = book.uses().stream().anyMatch(rule -> rule.permissions().contains(scope));
    if (allowed == null || itself) { // a permission, or what nobody knows where these have levels
      return holds(book, permission, scope) || !book.levels().isEmpty() && scope.indexOf('=') < 0;
    }
    return allowed.contains("*")
        ? book.scopes().values().stream().noneMatch(each -> allow(book, each, permission))
        : allowed.isEmpty() || allow(book, allowed, permission);
  }

  @Override
  public Reach reach(String rule, Collection<String> scopes) {
    Book book = read().book();
    return new Kinds(book.classic(), book.wide()).reach(rule, scopes);
  }

  private static boolean allow(Book book, List<String> allowed, String permission) {
    return allowed.stream().anyMatch(each -> holds(book, each, permission));
  }

  /// Whether one permission is the other, or a higher level of it.
  private static boolean holds(Book book, String one, String other) {
    int sign = one.lastIndexOf('=');
    return one.equals(other)
        || book.includes().getOrDefault(one, List.of()).contains(other)
        || sign > 0
            && other.startsWith(one.substring(0, sign + 1))
            && level(book, one) > level(book, other)
            && level(book, other) >= 0;
  }

  private static int level(Book book, String name) {
    return book.levels().indexOf(name.substring(name.lastIndexOf('=') + 1));
  }

  /// What is gathered for one piece of advice.
  private static final class Draft {
    /// A name and a resource.
    private record Right(String name, String on) implements Comparable<Right> {
      @Override
      public int compareTo(Right other) {
        int order = name.compareTo(other.name);
        return order != 0 ? order : on.compareTo(other.on);
      }
    }

    private final Book book;
    private final List<String> scopes;
    private final TreeMap<Right, Set<Use>> rights = new TreeMap<>();
    private final TreeMap<Right, Set<Use>> refused = new TreeMap<>();
    private final TreeMap<String, Set<Use>> unclear = new TreeMap<>();
    private final TreeMap<String, Set<String>> owners = new TreeMap<>();
    private final TreeSet<String> ofJob = new TreeSet<>();
    private final TreeMap<String, Set<String>> ofWay = new TreeMap<>(); // what ways call them
    private final TreeSet<String> runners = new TreeSet<>();
    private int trees;
    private int unused; // of them

    Draft(Book book, List<String> scopes) {
      this.book = book;
      this.scopes = scopes;
    }

    /// Adds what a tree that holds the token does with it.
    ///
    /// @param before what stands before its paths
    void tree(Set<Found> all, Set<String> jobs, String before) {
      trees++;
      unused += all.isEmpty() ? 1 : 0;
      runners.addAll(jobs);
      all.forEach(found -> add(found, found.use().behind(before)));
    }

    private void add(Found found, Use use) {
      if (!found.untold().isEmpty()) {
        note(unclear, found.untold(), use);
        if (found.by() != null) {
          ofJob.addAll(found.by().job());
        }
      }
      for (String name : found.permissions()) {
        var right = new Right(name, found.on());
        if (!isAllowed(right)) {
          note(refused, right, use);
          continue;
        }
        if (found.told() == Found.Told.NO) { // unlimited, it would reach everything
          note(unclear, "what " + name + " is to be limited to", use);
        } else {
          note(rights, right, use);
          List<String> job = found.by() == null ? List.of() : found.by().job();
          ofWay
              .computeIfAbsent(name, _ -> new TreeSet<>())
              .addAll(job.isEmpty() ? List.of(name) : job);
          owners.computeIfAbsent(name, _ -> new TreeSet<>()).add(found.owner());
        }
      }
    }

    private static <K> void note(Map<K, Set<Use>> under, K key, Use use) {
      under.computeIfAbsent(key, _ -> new TreeSet<>()).add(use);
    }

    /// Whether the token itself may do it, as far as its scopes are known.
    private boolean isAllowed(Right right) {
      return scopes.isEmpty() || scopes.stream().anyMatch(scope -> allows(scope, right));
    }

    private boolean allows(String scope, Right right) {
      int on = scope.indexOf(" on "); // a permission on a repository, or on all of an owner
      String name = on < 0 ? scope : scope.substring(0, on);
      List<String> allowed = book.scopes().getOrDefault(name, List.of(name));
      return (allowed.contains("*") || allowed.stream().anyMatch(each -> holds(each, right.name())))
          && (on < 0 || covers(scope.substring(on + 4), right.on()));
    }

    private static boolean covers(String entity, String on) {
      String repository = on.replaceFirst("^(datasets|spaces)/", "");
      return on.isEmpty() || repository.equals(entity) || repository.startsWith(entity + "/");
    }

    private boolean holds(String one, String other) {
      return BookAdviser.holds(book, one, other);
    }

    Advice advice(Set<String> holders) {
      merge();
      boolean seen = unused < trees;
      boolean scoped = book.unscoped().isEmpty();
      var permissions = new ArrayList<Permission>();
      if (scoped) {
        rights.forEach(
            (right, uses) ->
                permissions.add(new Permission(right.name(), right.on(), evidence(uses))));
      }
      var open = new ArrayList<Unclear>();
      unclear.forEach((what, uses) -> open.add(new Unclear(what, evidence(uses))));
      if (scoped && (unused > 0 || !seen)) {
        open.add(new Unclear("which permissions: " + unseen(seen), List.of()));
      }
      return new Advice(
          summary(),
          permissions,
          open,
          link(holders),
          book.expiry(),
          book.policy().equals("iam") ? IamPolicy.of(permissions) : "",
          steps(permissions, seen),
          withoutToken());
    }

    private String unseen(boolean seen) {
      return trees == 0
          ? "no code around its places was read"
          : seen
              ? "in %d of the %d trees that it stands in no code is seen to use it"
                  .formatted(unused, trees)
              : "no code around its places is seen to use it";
    }

    private static List<Use> evidence(Collection<Use> uses) {
      return uses.stream().limit(MOST_EVIDENCE).toList();
    }

    /// Leaves out what another one holds.
    private void merge() {
      var all = List.copyOf(rights.keySet());
      for (Right one : all) {
        for (Right other : all) {
          if (!one.equals(other)
              && one.on().equals(other.on())
              && holds(one.name(), other.name())) {
            rights.remove(other);
          }
        }
      }
      if (!book.implied().containsAll(names())) {
        rights.keySet().removeIf(right -> book.implied().contains(right.name()));
      }
    }

    private Set<String> names() {
      return rights.keySet().stream()
          .map(Right::name)
          .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<String> resources() {
      return rights.keySet().stream()
          .map(Right::on)
          .filter(on -> !on.isEmpty())
          .distinct()
          .sorted()
          .toList();
    }

    private String summary() {
      return book.broad().entrySet().stream()
          .filter(each -> scopes.contains(each.getKey()))
          .findFirst()
          .map(each -> book.summary() + " in place of one with " + each.getValue())
          .orElse(book.summary());
    }

    private String link(Set<String> holders) {
      var link = new FilledLink(book.link());
      names().stream()
          .filter(
              name -> names().stream().noneMatch(each -> !each.equals(name) && holds(each, name)))
          .forEach(link::permission);
      var whose = new TreeSet<String>(); // the empty name for what nobody can tell it of
      for (Right right : rights.keySet()) {
        if (right.on().isEmpty()) {
          whose.addAll(owners.getOrDefault(right.name(), Set.of()));
        } else {
          whose.add(right.on().replaceFirst("/.*", ""));
        }
      }
      if (whose.size() == 1 && !whose.first().isEmpty()) {
        link.owner(whose.first());
      }
      holders.stream()
          .filter(name -> !name.equals(name.toLowerCase(java.util.Locale.ROOT)))
          .min(String::compareTo)
          .ifPresent(link::name);
      return link.toString();
    }

    private List<String> steps(List<Permission> permissions, boolean seen) {
      var steps = new ArrayList<String>();
      if (!book.unscoped().isEmpty()) {
        steps.add(book.unscoped());
      }
      List<String> resources = resources();
      if (!book.choose().isEmpty() && !resources.isEmpty()) {
        steps.add(book.choose().replace("{}", String.join(", ", resources)));
      }
      var link = new FilledLink(book.link());
      for (Permission each : permissions) {
        if (!book.tick().isEmpty() && !link.takes(each.name())) {
          steps.add(book.tick().replace("{}", each.text()));
        }
      }
      steps.addAll(book.steps());
      refused.forEach(
          (right, uses) ->
              steps.add(
                  "leave out "
                      + new Permission(right.name(), right.on(), List.of()).text()
                      + ", which the token itself does not have ("
                      + uses.iterator().next().text()
                      + ")"));
      if (seen && rights.isEmpty() && refused.isEmpty() && unclear.isEmpty()) {
        steps.add("nothing that the code is seen to do needs a permission");
      }
      return steps;
    }

    private Advice.@Nullable WithoutToken withoutToken() {
      var names = new TreeSet<String>(ofJob);
      names().forEach(name -> names.addAll(ofWay.getOrDefault(name, Set.of(name))));
      for (Book.Way way : book.withoutToken()) {
        boolean here = way.where().isEmpty() || way.where().stream().anyMatch(runners::contains);
        boolean enough =
            (way.only().isEmpty() || !names.isEmpty() && way.only().containsAll(names))
                && names.stream().noneMatch(way.but()::contains);
        boolean reached =
            (way.most() == 0 || resources().size() <= way.most())
                && (way.reach() == Book.Reach.ANY || resources().isEmpty());
        if (here && enough && reached) {
          return way.with(snippet(way, names));
        }
      }
      return null;
    }

    /// The snippet with the resource and the permissions in it.
    private String snippet(Book.Way way, Set<String> names) {
      String resource =
          resources().size() == 1 ? resources().getFirst() : way.most() == 1 ? "OWNER/NAME" : "*";
      var text = new ArrayList<String>();
      for (String line : way.snippet().lines().toList()) {
        if (line.contains("<permissions>")) {
          for (String name : names) {
            text.add(line.replace("<permissions>", name.replace('_', '-').replace("=", ": ")));
          }
        } else {
          text.add(line.replace("<resource>", resource));
        }
      }
      return String.join("\n", text);
    }
  }
}
