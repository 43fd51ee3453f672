package dev.stanch.detectors.source.git;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/// Work on a sequence of ranges by a few platform threads.
final class Parallel {
  private Parallel() {}

  /// Work on the numbers from `from` to before `to`.
  interface RangeTask {
    void run(int from, int to);
  }

  /// One thread's share of the work: called until it has taken every task it can get.
  interface Worker {
    void run(AtomicInteger nextTask);
  }

  /// Runs a task for each range between consecutive bounds.
  static void run(int threads, int[] bounds, RangeTask task) throws InterruptedException {
    run(
        Math.min(threads, bounds.length - 1),
        next -> {
          for (int i = next.getAndIncrement(); i < bounds.length - 1; i = next.getAndIncrement()) {
            task.run(bounds[i], bounds[i + 1]);
          }
        });
  }

  /// Runs on each of `threads` threads one worker and then another, without waiting between; once
  /// the first have all ended, one thread runs `between` before it goes on.
  static void run(int threads, Worker first, Runnable between, Worker second)
      throws InterruptedException {
    AtomicInteger busy = new AtomicInteger(Math.max(1, threads));
    AtomicInteger nextOfSecond = new AtomicInteger();
    run(
        threads,
        next -> {
          first.run(next);
          if (busy.decrementAndGet() == 0) {
            between.run();
          }
          second.run(nextOfSecond);
        });
  }

  /// Runs one worker on each of `threads` threads; a failure of any of them is thrown here.
  static void run(int threads, Worker worker) throws InterruptedException {
    AtomicInteger next = new AtomicInteger();
    if (threads <= 1) {
      worker.run(next);
      return;
    }
    try (var pool = Executors.newFixedThreadPool(threads)) {
      List<Callable<Void>> calls = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        calls.add(
            () -> {
              worker.run(next);
              return null;
            });
      }
      for (var done : pool.invokeAll(calls)) {
        done.get();
      }
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case RuntimeException failure -> throw failure;
        case Error failure -> throw failure;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }
}
