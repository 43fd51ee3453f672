package dev.stanch.cli.report;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.Finding;
import dev.stanch.detectors.model.InventoryEntry;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.scan.ScanResult;
import dev.stanch.revokers.spi.Verification;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Every token and every secret that nobody shows, each once: where it stands, how old it is,
/// whose, and what a policy has against it.
///
/// @param state whether everything that was named could be read
public record Inventory(List<Item> items, ScanResult.State state) {
  private static final Comparator<Item> FIRST_TO_DO =
      Comparator.<Item>comparingInt(item -> -item.faults().size())
          .thenComparing(Item::since, Comparator.nullsLast(Comparator.naturalOrder()))
          .thenComparing(Item::id);

  /// One of them.
  ///
  /// @param id the token's id; of a secret that nobody shows, its kind, container and name
  /// @param what the name of the rule, or the kind of the secret
  /// @param holders the containers that it stands in
  /// @param since when it was first committed, made or last set, as far as anybody tells
  /// @param verdict what its provider says; `not-shown` of a secret that nobody shows
  /// @param faults what the policy has against it
  public record Item(
      String id,
      String what,
      String provider,
      String redacted,
      List<String> holders,
      List<String> places,
      @Nullable Instant since,
      @Nullable Instant expires,
      String owner,
      String verdict,
      List<String> faults,
      String next) {
    public Item {
      requireNonNull(id, "id");
      holders = List.copyOf(holders);
      places = List.copyOf(places);
      faults = List.copyOf(faults);
    }

    /// Its age in days, or -1 where nobody tells.
    public long days(Instant now) {
      return since == null ? -1 : ChronoUnit.DAYS.between(since, now);
    }
  }

  /// What is wrong with a token by itself.
  ///
  /// @param maxAgeDays older ones are too old
  /// @param shared of one token in several containers: whoever leaks it leaks it for all
  /// @param broader of tokens that may do what no code around them does
  /// @param accountWide of tokens that reach all that their owner does, by their very kind
  /// @param setBefore what was set before is to be replaced; null where nothing is
  public record Policy(
      int maxAgeDays,
      Stance shared,
      Stance broader,
      Stance accountWide,
      Expiry expiry,
      @Nullable LocalDate setBefore) {
    /// What it says to something.
    public enum Stance {
      /// It may be.
      ALLOWED,
      /// It is to be replaced.
      REFUSED
    }

    /// Whether a token must end by itself.
    public enum Expiry {
      /// It need not.
      ANY,
      /// A live one must.
      REQUIRED
    }

    /// What suits whoever says nothing else.
    public static final Policy USUAL =
        new Policy(365, Stance.REFUSED, Stance.REFUSED, Stance.REFUSED, Expiry.ANY, null);

    /// Of a token. What is dead needs no replacement, however old it is.
    private List<String> faults(
        Verification answer, Breadth breadth, @Nullable Instant since, int holders, Instant now) {
      if (answer.dead()) {
        return List.of();
      }
      var faults = new ArrayList<String>(faults(since, now));
      if (shared == Stance.REFUSED && holders > 1) {
        faults.add("shared by " + holders);
      }
      if (expiry == Expiry.REQUIRED && answer.live() && answer.told().expiresAt() == null) {
        faults.add("has no expiry that its provider tells");
      }
      faults.addAll(faults(breadth));
      return faults;
    }

    /// Of how far a token reaches: a new one with the same rights would be no better.
    public List<String> faults(Breadth breadth) {
      var faults = new ArrayList<String>();
      if (accountWide == Stance.REFUSED && !breadth.reach().isEmpty()) {
        faults.add(breadth.reach());
      }
      if (broader == Stance.REFUSED && !breadth.spare().isEmpty()) {
        faults.add(
            "broader than its use: nothing seen needs " + String.join(", ", breadth.spare()));
      }
      return faults;
    }

    /// Of whatever has an age.
    private List<String> faults(@Nullable Instant since, Instant now) {
      var faults = new ArrayList<String>();
      if (since != null && ChronoUnit.DAYS.between(since, now) > maxAgeDays) {
        faults.add("older than " + maxAgeDays + " days");
      }
      if (setBefore != null
          && (since == null
              || since.isBefore(setBefore.atStartOfDay(ZoneOffset.UTC).toInstant()))) {
        faults.add("set before " + setBefore);
      }
      return faults;
    }
  }

  public Inventory {
    var sorted = new ArrayList<Item>(items);
    sorted.sort(FIRST_TO_DO);
    items = List.copyOf(sorted);
  }

  /// How many of them the policy has something against.
  public long faulty() {
    return items.stream().filter(item -> !item.faults().isEmpty()).count();
  }

  /// A token that stands somewhere, with what its provider said.
  ///
  /// @param breadth how far it reaches, as far as anybody can tell
  public static Item of(
      Finding finding, Verification answer, Breadth breadth, Policy policy, Instant now) {
    var holders = new TreeSet<String>();
    var places = new ArrayList<String>();
    Instant since = answer.told().createdAt();
    for (Place place : finding.places()) {
      Provenance provenance = place.provenance();
      holders.add(provenance.container());
      places.add(
          provenance.container()
              + (provenance.path().isEmpty() ? "" : " " + provenance.path())
              + ":"
              + place.location().line());
      since = earlier(since, PlaceText.date(provenance));
    }
    Instant expires = answer.told().expiresAt();
    return new Item(
        finding.token().value(),
        finding.ruleName(),
        finding.provider().value(),
        finding.redacted(),
        List.copyOf(holders),
        places,
        since,
        expires,
        answer.told().ownerOrTenant().orElse(""),
        answer.verdict(),
        policy.faults(answer, breadth, since, holders.size(), now),
        answer.dead() ? "nothing: it is dead" : NextStep.of(finding));
  }

  private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.isBefore(other) ? one : other;
  }

  /// A secret that nobody shows.
  public static Item of(InventoryEntry entry, Policy policy, Instant now) {
    var faults = new ArrayList<String>();
    if (entry.toReplace()) {
      faults.add(entry.exposed());
    }
    faults.addAll(policy.faults(entry.setAt(), now));
    String place = entry.container() + " " + entry.name();
    return new Item(
        entry.kind() + " " + place,
        entry.kind(),
        "",
        "",
        List.of(entry.container()),
        List.of(place),
        entry.setAt(),
        null,
        "",
        "not-shown",
        faults,
        "make a new one at its provider, set it here, then end the old");
  }
}
