package dev.stanch.detectors.http;

import static org.assertj.core.api.Assertions.assertThat;

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
    Limiter.Turn turn = limiter.take(HOUR);
    limiter.learn(turn, 429, Duration.ofMinutes(3));
    limiter.done();
    assertThat(limiter.take(Duration.ofMinutes(2))).isNull();
    assertThat(limiter.untilNext()).isBetween(Duration.ofSeconds(179), Duration.ofMinutes(3));
    assertThat(limiter.take(HOUR)).isNotNull();
    assertThat(time.elapsed()).isGreaterThanOrEqualTo(Duration.ofMinutes(3));
  }

  @Test
  void aCallThatIsHeldBackCostsNothing() throws Exception {
    Limiter limiter = new Limiter(RateLimit.of(1, HOUR), time);
    run(limiter, 1, 200);
    for (int i = 0; i < 10; i++) {
      assertThat(limiter.take(Duration.ofMinutes(10))).isNull();
    }
    assertThat(time.elapsed()).isZero();
    assertThat(limiter.take(HOUR)).isNotNull();
    assertThat(time.elapsed()).isEqualTo(HOUR);
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
            assertThat(limiter.take(HOUR)).isNotNull();
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

  private List<Long> run(Limiter limiter, int requests, int status) throws InterruptedException {
    var begun = new ArrayList<Long>();
    for (int i = 0; i < requests; i++) {
      Limiter.Turn turn = limiter.take(HOUR);
      begun.add(Duration.ofNanos(turn.at()).toMillis());
      limiter.learn(turn, status, null);
      limiter.done();
    }
    return begun;
  }

  /// Milliseconds between two requests that begin as early as they may.
  private long gap(Limiter limiter) throws InterruptedException {
    long first = limiter.take(HOUR).at();
    limiter.done();
    long second = limiter.take(HOUR).at();
    limiter.done();
    return Duration.ofNanos(second - first).toMillis();
  }

  private static int inSecond(List<Long> begun, int second) {
    return (int) begun.stream().filter(at -> at / 1000 == second).count();
  }
}
