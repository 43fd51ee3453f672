package dev.stanch.revokers.advice;

import com.google.re2j.Pattern;
import dev.stanch.revokers.spi.Advice;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is known of a provider's replacements: `advice/<provider>.yml` (docs/ADVICE-FORMAT.md).
/// Absent lists and maps are empty, absent texts the empty text.
///
/// @param documentation where the provider says all this
/// @param summary the replacement, in one line
/// @param broad scopes that are too wide, each with what the replacement stands in place of
/// @param link the page where it is created
/// @param expiry when it should end
/// @param policy the notation of permissions: `iam` for a policy of AWS, or empty
/// @param steps what a person does on that page
/// @param tick how a permission that the link cannot hold is chosen; `{}` is the permission
/// @param choose how resources are chosen; `{}` is all of them
/// @param unscoped why tokens of this provider have no permissions, or empty where they have
/// @param variables those that its clients read by themselves
/// @param client texts of which one stands in a file that uses a client
/// @param clients what its clients are made by, for calls on them that no rule knows
/// @param handed arguments that take a token
/// @param elsewhere calls of a client that is pointed to another service
/// @param profiles how code says under which heading of a file of credentials its token stands
/// @param scopes for a scope of a token, the permissions that it allows; `*` for all. A scope that
///   is not here allows what it says
/// @param classic kinds of tokens, by rule or scope, that reach all that their owner does and that
///   finer ones took the place of
/// @param wide others that reach as far, where there are some that reach less
/// @param levels permissions end in `=` and one of these, each holding those before it
/// @param implied permissions that come with any other
/// @param includes permissions that hold others
/// @param readings what a resource is in a longer text, by a name that stands before an argument
/// @param scripts actions whose text is code
/// @param uses the rules, of which the first that fits a call counts
/// @param withoutToken ways without a stored token, of which the first that fits counts
record Book(
    List<String> documentation,
    String summary,
    Map<String, String> broad,
    Link link,
    String expiry,
    String policy,
    List<String> steps,
    String tick,
    String choose,
    String unscoped,
    List<String> variables,
    List<String> client,
    Clients clients,
    List<String> handed,
    @Nullable Elsewhere elsewhere,
    Profiles profiles,
    Map<String, List<String>> scopes,
    List<String> classic,
    List<String> wide,
    List<String> levels,
    List<String> implied,
    Map<String, List<String>> includes,
    Map<String, Reading> readings,
    List<String> scripts,
    List<Rule> uses,
    List<Way> withoutToken) {
  Book {
    documentation = listed(documentation);
    summary = told(summary);
    broad = mapped(broad);
    expiry = told(expiry);
    policy = told(policy);
    steps = listed(steps);
    tick = told(tick);
    choose = told(choose);
    unscoped = told(unscoped);
    variables = listed(variables);
    client = listed(client);
    clients = clients == null ? Clients.NONE : clients;
    handed = listed(handed);
    profiles = profiles == null ? Profiles.NONE : profiles;
    scopes = mapped(scopes);
    classic = listed(classic);
    wide = listed(wide);
    levels = listed(levels);
    implied = listed(implied);
    includes = mapped(includes);
    readings = mapped(readings);
    scripts = listed(scripts);
    uses = listed(uses);
    withoutToken = listed(withoutToken);
  }

  /// Whether permissions of the repository that code runs in are this provider's.
  boolean isOfRepositories() {
    return withoutToken.stream().anyMatch(each -> each.reach() == Reach.OWN);
  }

  /// A link that is filled in.
  ///
  /// @param fixed parameters that are always there
  /// @param name the parameter that takes a name for the token, or empty
  /// @param owner the parameter that takes the one owner of all resources, or empty
  /// @param permissions for a permission (`*` for any other) the parameter that says it; `{}` is
  ///   the permission
  /// @param joined the parameter that takes all permissions, joined by commas, or empty
  record Link(
      String address,
      Map<String, String> fixed,
      String name,
      String owner,
      Map<String, String> permissions,
      String joined) {
    Link {
      fixed = mapped(fixed);
      name = told(name);
      owner = told(owner);
      permissions = mapped(permissions);
      joined = told(joined);
    }
  }

  /// @param made what makes one
  /// @param through calls that lead from one to a part of it
  /// @param silent calls on one, commands and actions that ask the provider nothing
  /// @param modules those whose functions ask by themselves
  record Clients(
      @Nullable Pattern made, List<String> through, List<String> silent, List<String> modules) {
    static final Clients NONE = new Clients(null, List.of(), List.of(), List.of());

    Clients {
      through = listed(through);
      silent = listed(silent);
      modules = listed(modules);
    }
  }

  /// @param arguments those that point a client elsewhere
  /// @param but what they hold where it is this provider all the same
  record Elsewhere(List<String> arguments, Pattern but) {
    Elsewhere {
      arguments = listed(arguments);
    }
  }

  /// @param arguments of what makes a client
  /// @param calls those whose first argument is a profile
  /// @param options of commands
  /// @param variables of the environment
  /// @param programs commands that use one
  record Profiles(
      List<String> arguments,
      List<String> calls,
      List<String> options,
      List<String> variables,
      List<String> programs) {
    static final Profiles NONE =
        new Profiles(List.of(), List.of(), List.of(), List.of(), List.of());

    Profiles {
      arguments = listed(arguments);
      calls = listed(calls);
      options = listed(options);
      variables = listed(variables);
      programs = listed(programs);
    }
  }

  /// A use of the token and what it needs. One of `calls`, `commands`, `addresses`, `actions` and
  /// `declared` says where it shows.
  ///
  /// @param calls functions and methods, with as much of what is before them as it takes
  /// @param commands command lines, by their first words
  /// @param addresses an expression for URLs in strings and command lines
  /// @param method of requests to those addresses; empty for any
  /// @param actions steps of a workflow that use one of these
  /// @param declared an expression for lines of a workflow
  /// @param made how what it is called on was made, or what stands in the file where that is not
  ///   seen
  /// @param origin how what it is called on was made; not seen is not enough
  /// @param beside what must stand in the same file
  /// @param maker whether it is about what makes a client: then it counts only where no other use
  ///   in the file needs the same
  /// @param when arguments, options or inputs and what they must hold; `^$` for an absent one
  /// @param on the resource: text with `{name|0}` for the argument of a name or place, `{Table@0}`
  ///   for the first argument of the call of that name that led here, `{1}` for a group of the
  ///   address, `{file:NAME:key}` for a setting of a file (`*`: that the token stands in),
  ///   `{variable:NAME}` for a variable of the environment, `{reading:…}` for a piece of a value;
  ///   `[…]` may be missing
  /// @param about in place of `on` where the permissions have no resource, but the rule is about
  ///   some
  /// @param shape what the value of the resource's first placeholder must be, or its first group;
  ///   otherwise the rule does not fit
  /// @param also what it needs besides
  /// @param permissions what it needs; none where it needs none
  /// @param untold why nobody can name the permission, or empty
  /// @param owner whose it is, where the permissions have no resource, but the link takes an owner
  /// @param job what the untold, or else the permissions, are called among those of a way without a
  ///   token
  record Rule(
      List<String> calls,
      List<String> commands,
      @Nullable Pattern addresses,
      String method,
      List<String> actions,
      @Nullable Pattern declared,
      @Nullable Pattern made,
      @Nullable Pattern origin,
      @Nullable Pattern beside,
      boolean maker,
      Map<String, Pattern> when,
      String on,
      String about,
      @Nullable Pattern shape,
      List<String> permissions,
      List<Also> also,
      String untold,
      String owner,
      List<String> job) {
    Rule {
      calls = listed(calls);
      commands = listed(commands);
      method = told(method);
      actions = listed(actions);
      when = mapped(when);
      on = told(on);
      about = told(about);
      permissions = listed(permissions);
      also = listed(also);
      untold = told(untold);
      owner = told(owner);
      job = listed(job);
    }
  }

  /// What a use needs besides, of another resource.
  record Also(String on, @Nullable Pattern shape, List<String> permissions) {
    Also {
      on = told(on);
      permissions = listed(permissions);
    }
  }

  /// A piece of a longer text.
  ///
  /// @param as the resource, with `{1}` for a group
  record Reading(Pattern pattern, String as) {}

  /// A way without a stored token.
  ///
  /// @param where in what kind of file the token must be used: `github-actions`, `gitlab-ci`; any
  ///   where none is said
  /// @param only the permissions that it can stand in for; all where none is said
  /// @param but permissions that it cannot stand in for
  /// @param most how many resources it can reach; any number for 0
  /// @param reach what its resources may be
  /// @param snippet `<resource>` stands for the one resource, `<permissions>` for the permissions
  ///   as a workflow writes them
  record Way(
      String id,
      List<String> where,
      List<String> only,
      List<String> but,
      int most,
      Reach reach,
      String summary,
      String link,
      String snippet) {
    Way {
      where = listed(where);
      only = listed(only);
      but = listed(but);
      reach = reach == null ? Reach.ANY : reach;
      summary = told(summary);
      link = told(link);
      snippet = told(snippet);
    }

    Advice.WithoutToken with(String filled) {
      return new Advice.WithoutToken(id, summary, link, filled);
    }
  }

  /// What a way may reach.
  enum Reach {
    /// Any resource.
    ANY,
    /// The repository that it runs in.
    OWN
  }

  private static String told(@Nullable String text) {
    return text == null ? "" : text.strip();
  }

  private static <T> List<T> listed(@Nullable List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }

  private static <V> Map<String, V> mapped(@Nullable Map<String, V> map) {
    return map == null
        ? Map.of()
        : java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(map));
  }
}
