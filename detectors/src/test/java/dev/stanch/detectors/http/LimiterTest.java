package dev.stanch.detectors.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.detectors.http.Limiter.Errand;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class LimiterTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final String GET = "GET api.example.com";

  private final VirtualTime time = new VirtualTime();

  @Test
  void beginsWithOneRequestASecondAndDoublesUpToTheDocumentedLimit() throws Exception {
    Limiter limiter = new Limiter(RateLimit.of(8, Duration.ofSeconds(1)), time);
    List<Long> begun = run(limiter, 60, 200);
    assertThat(begun.get(1) - begun.get(0)).isEqualTo(1_000);
    assertThat(inSecond(begun, 0)).isEqualTo(1);
    assertThat(inSecond(begun, 1)).isBetween(2, 3);
    for (int second = 5; second < 8; second++) {
      assertThat(inSecond(begun, second)).isBetween(7, 8);
    }
  }

  @Test
  void neverBeginsMoreThanDocumentedInAnyWindow() throws Exception {
    Limiter limiter = new Limiter(RateLimit.of(30, Duration.ofMinutes(1)), time);
    List<Long> begun = run(limiter, 200, 200);
    for (int i = 30; i < begun.size(); i++) {
      assertThat(begun.get(i) - begun.get(i - 30)).isGreaterThanOrEqualTo(60_000);
    }
    // 200 at 30 a minute need six windows and a beginning: nothing is wasted.
    assertThat(time.elapsed()).isLessThan(Duration.ofSeconds(6 * 60 + 30));
  }

  @Test
  void slowsDownAfterA429AndRisesByOneFromThere() throws Exception {
    Limiter limiter = new Limiter(RateLimit.of(16, Duration.ofSeconds(1)), time);
    run(limiter, 100, 200);
    assertThat(gap(limiter)).isBetween(62L, 63L);
    run(limiter, 1, 429);
    long slow = gap(limiter);
    assertThat(slow).isBetween(110L, 130L);
    run(limiter, 8, 200);
    assertThat(gap(limiter)).isBetween(100L, slow - 1);
  }

  @Test
  void aStormOf429sNeverStopsItForGood() throws Exception {
    Limiter limiter = new Limiter(RateLimit.of(16, Duration.ofSeconds(1)), time);
    run(limiter, 50, 429);
    assertThat(gap(limiter)).isLessThanOrEqualTo(10_000);
    run(limiter, 200, 200);
    assertThat(gap(limiter)).isLessThan(100);
  }

  @Test
  void aPauseHoldsForEverybody() throws Exception {
    Limiter limiter = new Limiter(RateLimit.of(100, Duration.ofSeconds(1)), time);
    Limiter.Turn turn = limiter.take(GET, "", HOUR, Errand.ASKING);
    limiter.learn(turn, 429, Duration.ofMinutes(3), null);
    limiter.done();
    assertThat(limiter.take(GET, "", Duration.ofMinutes(2), Errand.ASKING)).isNull();
    assertThat(limiter.untilNext(GET, ""))
        .isBetween(Duration.ofSeconds(179), Duration.ofMinutes(3));
    assertThat(limiter.take(GET, "", HOUR, Errand.ASKING)).isNotNull();
    assertThat(time.elapsed()).isGreaterThanOrEqualTo(Duration.ofMinutes(3));
  }

  @Test
  void aPauseHoldsForItsOwnWay() throws Exception {
    Limiter limiter = new Limiter(RateLimit.of(100, Duration.ofSeconds(1)), time);
    Limiter.Turn turn = limiter.take("POST api.example.com", "", HOUR, Errand.ASKING);
    limiter.learn(turn, 429, HOUR, null);
    limiter.done();
    run(limiter, 20, 200);
    assertThat(time.elapsed()).isLessThan(Duration.ofSeconds(10));
    assertThat(limiter.take("POST api.example.com", "", Duration.ofMinutes(30), Errand.ASKING))
        .isNull();
  }

  /// One in ten is refused, with a word when to go on: that is a network's mood, and no reason to
  /// crawl.
  @Test
  void keepsItsPaceWhere429sAreObeyed() throws Exception {
    Limiter limiter = new Limiter(RateLimit.undocumented(), time);
    int begun = 0;
    while (time.elapsed().compareTo(Duration.ofSeconds(100)) < 0) {
      Limiter.Turn turn = limiter.take(GET, "", HOUR, Errand.ASKING);
      boolean limited = begun++ % 10 == 9;
      limiter.learn(turn, limited ? 429 : 200, limited ? Duration.ofMillis(200) : null, null);
      limiter.done();
    }
    assertThat(begun).as("of 500 at the documented pace").isGreaterThan(400);
  }

  @Test
  void aThousandQuestionsLeaveRoomForTheCall() throws Exception {
    Limiter limiter = new Limiter(RateLimit.of(1000, Duration.ofMinutes(5)), time);
    run(limiter, 980, 200);
    assertThat(limiter.take(GET, "", Duration.ofMinutes(1), Errand.ASKING)).isNull();
    assertThat(limiter.take("POST api.example.com", "", Limiter.SOON, Errand.CHANGING)).isNotNull();
  }

  @Test
  void whatIsAcceptedCountsToItsAccount() throws Exception {
    RateLimit each = RateLimit.of(50, Duration.ofMinutes(5)).withAccounts(100);
    Limiter limiter = new Limiter(each, time);
    for (int i = 0; i < 300; i++) {
      answered(limiter, "payer " + i % 10, 200);
    }
    assertThat(time.elapsed()).as("thirty for each of ten").isLessThan(Duration.ofMinutes(1));
    for (int i = 0; i < 49; i++) {
      answered(limiter, "refused " + i, 401);
    }
    assertThat(time.elapsed()).isLessThan(Duration.ofMinutes(1));
    assertThat(limiter.take(GET, "", Duration.ofMinutes(1), Errand.ASKING))
        .as("all that strangers may ask was asked, but for what changes something")
        .isNull();
  }

  @Test
  void aWindowThatTheProviderEndsIsNotWaitedForLonger() throws Exception {
    Limiter limiter = new Limiter(RateLimit.of(50, Duration.ofMinutes(5)), time);
    time.sleep(Duration.ofMinutes(1));
    for (int i = 0; i < 49; i++) {
      Limiter.Turn turn = limiter.take(GET, "", HOUR, Errand.ASKING);
      limiter.learn(turn, 401, null, Duration.ofMinutes(4).minus(time.elapsed()));
      limiter.done();
    }
    Limiter.Turn turn = limiter.take(GET, "", HOUR, Errand.ASKING);
    assertThat(Duration.ofNanos(turn.at())).isEqualTo(Duration.ofMinutes(4));
    limiter.done();
    for (int i = 0; i < 48; i++) {
      assertThat(limiter.take(GET, "", Duration.ofMinutes(1), Errand.ASKING)).isNotNull();
      limiter.done();
    }
    assertThat(limiter.take(GET, "", Duration.ofMinutes(4), Errand.ASKING))
        .as("the second window is used up, and nobody said when it ends")
        .isNull();
  }

  @Test
  void eachWindowThatTheProviderTellsOfIsUsedInFull() throws Exception {
    Limiter limiter = new Limiter(RateLimit.of(50, Duration.ofMinutes(5)), time);
    time.sleep(Duration.ofMinutes(1));
    for (int end = 4; end <= 14; end += 5) {
      for (int i = 0; i < 49; i++) {
        Limiter.Turn turn = limiter.take(GET, "", Duration.ofMinutes(1), Errand.ASKING);
        assertThat(turn).as("question %d before minute %d", i, end).isNotNull();
        limiter.learn(turn, 401, null, Duration.ofMinutes(end).minus(time.elapsed()));
        limiter.done();
      }
      assertThat(limiter.take(GET, "", Duration.ofMinutes(1), Errand.ASKING))
          .as("more than all of the window before minute %d", end)
          .isNull();
      time.sleep(Duration.ofMinutes(end).minus(time.elapsed()));
    }
  }

  @Test
  void aWindowLongerThanDocumentedFreesNothingBeforeItsEnd() throws Exception {
    Limiter limiter = new Limiter(RateLimit.of(50, Duration.ofMinutes(5)), time);
    for (int i = 0; i < 49; i++) {
      Limiter.Turn turn = limiter.take(GET, "", HOUR, Errand.ASKING);
      limiter.learn(turn, 401, null, HOUR);
      limiter.done();
    }
    assertThat(limiter.take(GET, "", Duration.ofMinutes(4), Errand.ASKING)).isNull();
  }

  @Test
  void anAccountAsksNoMoreThanItMay() throws Exception {
    RateLimit each = RateLimit.of(500, Duration.ofMinutes(5)).withAccounts(100);
    Limiter limiter = new Limiter(each, time);
    for (int i = 0; i < 98; i++) {
      answered(limiter, "busy", 200);
    }
    assertThat(limiter.take(GET, "busy", Duration.ofMinutes(1), Errand.ASKING)).isNull();
    assertThat(limiter.untilNext(GET, "busy")).isGreaterThan(Duration.ofMinutes(4));
    assertThat(limiter.take(GET, "another", Duration.ofMinutes(1), Errand.ASKING)).isNotNull();
  }

  @Test
  void anAccountsWindowThatTheProviderEndsIsNotWaitedForLonger() throws Exception {
    RateLimit each = RateLimit.of(500, Duration.ofMinutes(5)).withAccounts(100);
    Limiter limiter = new Limiter(each, time);
    for (int i = 0; i < 98; i++) {
      Limiter.Turn turn = limiter.take(GET, "busy", HOUR, Errand.ASKING);
      limiter.learn(turn, 200, null, Duration.ofMinutes(1).minus(time.elapsed()));
      limiter.done();
    }
    assertThat(limiter.take(GET, "busy", Duration.ofSeconds(10), Errand.ASKING)).isNull();
    Limiter.Turn turn = limiter.take(GET, "busy", HOUR, Errand.ASKING);
    assertThat(Duration.ofNanos(turn.at())).isEqualTo(Duration.ofMinutes(1));
    limiter.done();
  }

  @Test
  void requestsOfOneJamSlowItDownOnce() throws Exception {
    Limiter limiter = new Limiter(RateLimit.of(16, Duration.ofSeconds(1)), time);
    run(limiter, 100, 200);
    var under = new ArrayList<Limiter.Turn>();
    for (int i = 0; i < 6; i++) {
      under.add(limiter.take(GET, "", HOUR, Errand.ASKING));
    }
    time.sleep(Duration.ofMillis(1));
    for (Limiter.Turn turn : under) {
      limiter.learn(turn, 429, Duration.ZERO, null);
      limiter.done();
    }
    assertThat(gap(limiter)).isBetween(110L, 130L);
  }

  @Test
  void aCallThatIsHeldBackCostsNothing() throws Exception {
    Limiter limiter = new Limiter(RateLimit.of(1, HOUR), time);
    run(limiter, 1, 200);
    for (int i = 0; i < 10; i++) {
      assertThat(limiter.take(GET, "", Duration.ofMinutes(10), Errand.ASKING)).isNull();
    }
    assertThat(time.elapsed()).isZero();
    assertThat(limiter.take(GET, "", HOUR.plusSeconds(1), Errand.ASKING)).isNotNull();
    assertThat(time.elapsed()).isBetween(HOUR, HOUR.plusSeconds(1));
  }

  @Test
  @Timeout(60)
  void keepsToItsConcurrency() throws Exception {
    Limiter limiter = new Limiter(new RateLimit(1000, Duration.ofSeconds(1), 4), time);
    run(limiter, 20, 200);
    AtomicInteger inFlight = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch four = new CountDownLatch(4);
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Integer> call =
          () -> {
            assertThat(limiter.take(GET, "", HOUR, Errand.ASKING)).isNotNull();
            most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
            four.countDown();
            four.await(); // so that four are in flight at once before any is done
            inFlight.decrementAndGet();
            limiter.done();
            return 0;
          };
      assertThat(pool.invokeAll(Collections.nCopies(40, call)))
          .allMatch(done -> done.state() == Future.State.SUCCESS);
    }
    assertThat(most).hasValue(4);
  }

  private static void answered(Limiter limiter, String payer, int status) throws Exception {
    Limiter.Turn turn = limiter.take(GET, payer, HOUR, Errand.ASKING);
    limiter.learn(turn, status, null, null);
    limiter.done();
  }

  private List<Long> run(Limiter limiter, int requests, int status) throws InterruptedException {
    var begun = new ArrayList<Long>();
    for (int i = 0; i < requests; i++) {
      Limiter.Turn turn = limiter.take(GET, "", HOUR, Errand.ASKING);
      begun.add(Duration.ofNanos(turn.at()).toMillis());
      limiter.learn(turn, status, null, null);
      limiter.done();
    }
    return begun;
  }

  /// Milliseconds between two requests that begin as early as they may.
  private long gap(Limiter limiter) throws InterruptedException {
    long first = limiter.take(GET, "", HOUR, Errand.ASKING).at();
    limiter.done();
    long second = limiter.take(GET, "", HOUR, Errand.ASKING).at();
    limiter.done();
    return Duration.ofNanos(second - first).toMillis();
  }

  private static int inSecond(List<Long> begun, int second) {
    return (int) begun.stream().filter(at -> at / 1000 == second).count();
  }
}
