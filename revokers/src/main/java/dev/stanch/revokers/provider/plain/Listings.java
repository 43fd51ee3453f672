package dev.stanch.revokers.provider.plain;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stanch.detectors.http.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Listings that were just walked through with the operator's credential. Hundreds of tokens are
/// looked for in the same one; each of its own would list the account hundreds of times. A listing
/// is kept whole: pages of two moments, with a key deleted in between, may miss one. Thread-safe.
final class Listings {
  private static final Duration FRESH = Duration.ofSeconds(30);

  private final InstantSource clock;
  private final Map<String, Kept> all = new ConcurrentHashMap<>();

  Listings(InstantSource clock) {
    this.clock = clock;
  }

  /// A page and what it holds as JSON.
  record Page(Answer answer, JsonNode json) {}

  /// Walks through a listing.
  @FunctionalInterface
  interface Walk {
    List<Page> pages() throws InterruptedException, UnclearException;
  }

  private static final class Kept {
    private final ReentrantLock lock = new ReentrantLock();
    private List<Page> pages = List.of();
    private @Nullable Instant at;
  }

  /// Walks through each anew: something was changed that none of them shows yet.
  void forget() {
    all.clear();
  }

  /// The pages of a listing: those of a moment ago, or of a walk that everybody else waits for.
  List<Page> pages(String name, Walk walk) throws InterruptedException, UnclearException {
    Kept kept = all.computeIfAbsent(name, _ -> new Kept());
    kept.lock.lockInterruptibly();
    try {
      Instant last = kept.at;
      if (last == null || !last.plus(FRESH).isAfter(clock.instant())) {
        kept.pages = List.copyOf(walk.pages());
        kept.at = clock.instant();
      }
      return kept.pages;
    } finally {
      kept.lock.unlock();
    }
  }
}
