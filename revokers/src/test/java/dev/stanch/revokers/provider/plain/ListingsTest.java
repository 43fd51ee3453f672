package dev.stanch.revokers.provider.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ListingsTest {
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final Listings listings = new Listings(() -> now);
  private final AtomicInteger walks = new AtomicInteger();

  private List<Listings.Page> walk() {
    walks.incrementAndGet();
    return List.of();
  }

  @Test
  void whoLooksForManyKeysListsThemOnce() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<List<Listings.Page>> look = () -> listings.pages("keys", this::walk);
      for (var each : threads.invokeAll(new ArrayList<>(Collections.nCopies(100, look)))) {
        each.get();
      }
    }
    assertThat(walks).hasValue(1);
    listings.pages("keys of another project", this::walk);
    assertThat(walks).hasValue(2);
  }

  @Test
  void listsAnewAfterAWhile() throws Exception {
    listings.pages("keys", this::walk);
    now = now.plusSeconds(31);
    listings.pages("keys", this::walk);
    assertThat(walks).hasValue(2);
  }

  @Test
  void keepsNoListingThatFailed() throws Exception {
    assertThatThrownBy(
            () ->
                listings.pages(
                    "keys",
                    () -> {
                      throw new UnclearException("answer 503");
                    }))
        .isInstanceOf(UnclearException.class);
    listings.pages("keys", this::walk);
    assertThat(walks).hasValue(1);
  }
}
