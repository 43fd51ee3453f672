package dev.stanch.revokers.provider.plain;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.http.HostPattern;
import dev.stanch.detectors.http.RateLimit;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.AdminVariable;
import dev.stanch.revokers.spi.Adviser;
import dev.stanch.revokers.spi.Guidance;
import dev.stanch.revokers.spi.Rotator;
import dev.stanch.revokers.spi.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A plain provider as its file says (docs/PROVIDER-FORMAT.md).
///
/// @param bases by name; the first is the one of calls that name none
/// @param assertions by the name of the value that each makes
/// @param takes by rule: the rules of what may die with its tokens
record Descriptor(
    String id,
    String name,
    Map<String, Base> bases,
    RateLimit limit,
    List<AdminVariable> admin,
    Map<String, Assertion> assertions,
    List<Kind> kinds,
    Map<String, Set<String>> takes,
    @Nullable Guidance guidance,
    @Nullable Adviser replacement) {
  Descriptor {
    bases = Collections.unmodifiableMap(new LinkedHashMap<>(bases));
    admin = List.copyOf(admin);
    assertions = Map.copyOf(assertions);
    kinds = List.copyOf(kinds);
    takes = Map.copyOf(takes);
  }

  /// The base of a name; the reader lets no call name another.
  Base base(String called) {
    return requireNonNull(bases.get(called), called);
  }

  /// Where an API of the provider begins.
  ///
  /// @param urls the default, then those of other regions; a placeholder takes the host from the
  ///   finding. Empty where only the operator knows
  /// @param variable of the ecosystem's tools; empty for none
  /// @param hosts that a placeholder, or the variable, may name
  record Base(String name, List<Template> urls, String variable, List<HostPattern> hosts) {
    Base {
      urls = List.copyOf(urls);
      hosts = List.copyOf(hosts);
    }
  }

  /// A JSON Web Token that is made for one call (RFC 7523), signed with RS256.
  ///
  /// @param key an RSA private key in PEM
  /// @param keyId the header `kid`
  record Assertion(Template key, Template keyId, Map<String, Template> claims) {
    Assertion {
      claims = Map.copyOf(claims);
    }

    /// Every value that it needs.
    Set<String> names() {
      var names = new TreeSet<>(key.names());
      names.addAll(keyId.names());
      claims.values().forEach(claim -> names.addAll(claim.names()));
      return names;
    }
  }

  /// A kind of token, with what can be done about it.
  ///
  /// @param rules ids of the rules that find it; all when this and `prefixes` are empty
  /// @param parts named groups of it become values
  /// @param madeUp a template of a token that nobody was given; empty for none
  /// @param probes asked in turn, as long as one says `next`
  /// @param control what shows the real provider without a token; null for the made-up token alone
  /// @param key names of the values that make up the id of a key
  /// @param called where a listed key says what people call it
  /// @param find how the key is found; empty where the calls take the token itself
  /// @param sessions the first of which the operator has the credentials is opened
  /// @param byHand why it cannot be revoked by API; empty where it can
  /// @param renewal how it is replaced; null where no call does
  /// @param otherwise other ways to end a token of this kind, tried where the ways before are
  ///   closed
  /// @param access ways to take from it one organization, which leave the token itself alive
  record Kind(
      String name,
      List<String> rules,
      List<String> prefixes,
      @Nullable Pattern parts,
      String madeUp,
      List<Probe> probes,
      @Nullable Control control,
      List<Session> sessions,
      @Nullable TenantCall tenant,
      List<Step> find,
      List<String> key,
      Extract called,
      Extract createdAt,
      Extract lastUsedAt,
      Map<Action, ActionCall> actions,
      int batch,
      Duration propagation,
      List<String> collateral,
      String byHand,
      @Nullable Renewal renewal,
      List<Kind> otherwise,
      List<Kind> access) {
    Kind {
      rules = List.copyOf(rules);
      prefixes = List.copyOf(prefixes);
      sessions = List.copyOf(sessions);
      otherwise = List.copyOf(otherwise);
      access = List.copyOf(access);
      probes = List.copyOf(probes);
      find = List.copyOf(find);
      key = List.copyOf(key);
      actions = Map.copyOf(actions);
      collateral = List.copyOf(collateral);
    }

    /// Itself and the other ways, in the order in which they are tried.
    List<Kind> ways() {
      var ways = new ArrayList<Kind>();
      ways.add(this);
      ways.addAll(otherwise);
      return ways;
    }

    /// Only keys of one kind go in one call.
    Target.Lot lot() {
      return new Target.Lot(name, batch);
    }

    Kind with(List<Kind> others, List<Kind> reaches) {
      return new Kind(
          name,
          rules,
          prefixes,
          parts,
          madeUp,
          probes,
          control,
          sessions,
          tenant,
          find,
          key,
          called,
          createdAt,
          lastUsedAt,
          actions,
          batch,
          propagation,
          collateral,
          byHand,
          renewal,
          others,
          reaches);
    }
  }

  /// How a key is replaced.
  ///
  /// @param how which call, in words
  /// @param widens what bounds the old key and not the new one, since the call cannot set it
  /// @param lifetime of the new key, where the call takes one; null where it takes none
  /// @param old finds the old key's rights, and values that the id does not hold; empty where the
  ///   listed element has them
  /// @param carry what the new key has of the old one's element: JSON pointers by the names of
  ///   values
  /// @param key names of the values that make up the id of a listed key
  /// @param listing finds all keys of the same principal; the kind's `find` where it says none
  /// @param marker JSON pointer to the name in a listed element; empty where keys have none
  /// @param used where a listed element says when it was used last
  /// @param secret where the answer holds the new token
  /// @param value reads the new token, as `secret`, where the answer does not hold it
  /// @param take where the answer holds the values that a key's id is made of
  /// @param parts where the answer holds the parts of a finding, by name
  /// @param discard ends a key by its id; null for the kind's own call
  record Renewal(
      Rotator.Manner manner,
      String how,
      List<String> widens,
      @Nullable Duration lifetime,
      List<Step> old,
      Map<String, String> carry,
      List<String> key,
      List<Step> listing,
      String marker,
      Extract used,
      ActionCall mint,
      Extract secret,
      List<Step> value,
      Map<String, Extract> take,
      Map<String, Extract> parts,
      Extract scopes,
      Extract expiresAt,
      List<String> collateral,
      @Nullable ActionCall discard) {
    Renewal {
      widens = List.copyOf(widens);
      old = List.copyOf(old);
      carry = Map.copyOf(carry);
      key = List.copyOf(key);
      listing = List.copyOf(listing);
      value = List.copyOf(value);
      take = Map.copyOf(take);
      parts = Map.copyOf(parts);
      collateral = List.copyOf(collateral);
    }

    /// Which call, and what is wider behind it, in words for the plan.
    String words() {
      return widens.isEmpty()
          ? how
          : how + "; the new one lacks of the old one: " + String.join(", ", widens);
    }

    /// Every value that it needs, those of the answers not among them.
    Set<String> names() {
      var names = new TreeSet<>(mint.call().names());
      old.forEach(step -> names.addAll(step.call().names()));
      listing.forEach(step -> names.addAll(step.call().names()));
      value.forEach(step -> names.addAll(step.call().names()));
      if (discard != null) {
        names.addAll(discard.call().names());
      }
      return names;
    }
  }

  /// A question about a token.
  ///
  /// @param before steps that find what the question needs, asked with the operator's credential;
  ///   the question is put for each thing found
  record Probe(List<Step> before, Call call, List<ProbeAnswer> answers, Told identity) {
    Probe {
      before = List.copyOf(before);
      answers = List.copyOf(answers);
    }
  }

  /// What an answer to a probe means.
  record ProbeAnswer(Condition when, Verdict verdict, String detail) {}

  /// The names of verdicts in descriptors.
  enum Verdict {
    LIVE,
    LIVE_RESTRICTED,
    LIVE_BLOCKED,
    LIVE_NO_CREDIT,
    DEAD,
    DEAD_LEAKED,
    /// The answer to a dead token, and to a live one without the right: dead only if it was
    /// accepted before.
    REFUSED,
    UNKNOWN,
    /// This probe cannot tell; the next may.
    NEXT
  }

  /// Where the answer of a live token says whose it is.
  record Told(
      Extract owner,
      Extract tenant,
      Extract key,
      Extract scopes,
      Extract createdAt,
      Extract expiresAt,
      Extract lastUsedAt) {
    static final Told NOTHING =
        new Told(
            Extract.NOTHING,
            Extract.NOTHING,
            Extract.NOTHING,
            Extract.NOTHING,
            Extract.NOTHING,
            Extract.NOTHING,
            Extract.NOTHING);
  }

  /// A request without a token, and the answers that only the real provider gives.
  record Control(Call call, List<Condition> genuine) {
    Control {
      genuine = List.copyOf(genuine);
    }
  }

  /// What turns the operator's credential into what later calls take.
  ///
  /// @param call null where the credential itself is what they take
  record Session(@Nullable Call call, Map<String, Extract> take) {
    Session {
      take = Map.copyOf(take);
    }

    /// The values that it needs.
    Set<String> names() {
      if (call != null) {
        return call.names();
      }
      var names = new TreeSet<String>();
      for (Extract each : take.values()) {
        each.places().forEach(place -> names.addAll(Template.of(place).names()));
      }
      return names;
    }
  }

  /// What tells whom the operator's credential acts for.
  ///
  /// @param call asked for it; null where the credential itself tells, as an application's id does
  record TenantCall(@Nullable Call call, Extract id, Extract name, Listed listed, SameAs sameAs) {
    /// The values that it needs.
    Set<String> names() {
      if (call != null) {
        return call.names();
      }
      var names = new TreeSet<String>();
      id.places().forEach(place -> names.addAll(Template.of(place).names()));
      return names;
    }
  }

  /// What a listing says of the tenant.
  enum Listed {
    /// Its elements may be of several: all must name one.
    ONE,
    /// It is one tenant's, which all its elements together name.
    WHOLE
  }

  /// Where else a tenant is named by the same id.
  enum SameAs {
    NOTHING,
    /// The probe says it of the token.
    PROBE
  }

  /// One step of finding the key: a call whose answer, or each element of whose listing, gives
  /// values to the steps after it.
  ///
  /// @param absent statuses that say there is no such key
  /// @param items JSON pointer to the listing; null where the answer is one object
  /// @param shape whether the listing is an object whose names count
  /// @param take values for later steps, by name
  record Step(
      Call call,
      List<Integer> absent,
      @Nullable String items,
      Shape shape,
      Map<String, Extract> take,
      Match match,
      Paging paging) {
    Step {
      absent = List.copyOf(absent);
      take = Map.copyOf(take);
    }

    /// The same step of whoever looks for all keys.
    Step withoutMatch() {
      return new Step(call, absent, items, shape, take, Match.ALL, paging);
    }
  }

  /// What a listing is made of.
  enum Shape {
    ELEMENTS,
    /// Each element is `{"name": …, "value": …}`.
    ENTRIES
  }

  /// How a listed key shows that it is the token. All that is said must hold.
  ///
  /// @param equal JSON pointers to what they must equal
  /// @param whereKnown the same, of which nothing is asked where our value is not known
  /// @param redacted where the token stands with its middle hidden
  /// @param prefix where the beginning of the token stands
  /// @param suffix where the end of the token stands
  record Match(
      Map<String, Template> equal,
      Map<String, Template> whereKnown,
      Extract redacted,
      Extract prefix,
      Extract suffix,
      Certainty certainty) {
    /// Matches whatever is listed.
    static final Match ALL =
        new Match(
            Map.of(),
            Map.of(),
            Extract.NOTHING,
            Extract.NOTHING,
            Extract.NOTHING,
            Certainty.COMPARED);

    Match {
      equal = Map.copyOf(equal);
      whereKnown = Map.copyOf(whereKnown);
    }

    /// Whether a match says anything.
    enum Certainty {
      COMPARED,
      /// The listing shows nothing of the keys: a person must choose.
      NOTHING_TO_COMPARE
    }
  }

  /// How a listing goes on after its first page.
  sealed interface Paging {
    /// All in one.
    record Whole() implements Paging {}

    /// `{page}` is what stands here in the page before.
    ///
    /// @param more where the answer says whether there are more; empty where a missing cursor says
    ///   so
    record Cursor(Extract from, String more) implements Paging {}

    /// `{page}` counts elements.
    record Offset() implements Paging {}

    /// `{page}` counts pages.
    record Pages(int first) implements Paging {}

    /// The URL of the next page stands in the `Link` header, or here in the answer; only its query
    /// counts.
    record Next(Extract from) implements Paging {}
  }

  /// A call that changes something.
  ///
  /// @param limit of this call alone; null where the provider's is all there is
  record ActionCall(Call call, @Nullable RateLimit limit, List<ActionAnswer> answers) {
    ActionCall {
      answers = List.copyOf(answers);
    }
  }

  /// What an answer to such a call means.
  record ActionAnswer(Condition when, Result result, String detail) {}

  /// The names of results in descriptors.
  enum Result {
    ACCEPTED,
    DONE,
    REFUSED,
    LIMITED,
    UNCLEAR
  }
}
