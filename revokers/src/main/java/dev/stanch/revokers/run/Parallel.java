package dev.stanch.revokers.run;

import dev.stanch.revokers.journal.JournalException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Does a thing to many at once, on virtual threads; the provider's limiter sets the pace.
final class Parallel {
  private Parallel() {}

  /// Something that can take a while.
  @FunctionalInterface
  interface Task<T, R> {
    R run(T item) throws InterruptedException, JournalException;
  }

  static <T, R> List<R> map(List<T> items, Task<T, R> task)
      throws InterruptedException, JournalException {
    if (items.isEmpty()) {
      return List.of();
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var results = new ArrayList<R>();
      for (Future<R> future :
          threads.invokeAll(
              items.stream().<Callable<R>>map(item -> () -> task.run(item)).toList())) {
        results.add(await(future));
      }
      return results;
    }
  }

  /// What a task gave, or threw.
  static <R> R await(Future<R> future) throws InterruptedException, JournalException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case InterruptedException _ -> throw new InterruptedException();
        case JournalException journal -> throw journal;
        case RuntimeException bug -> throw bug;
        case Error bug -> throw bug;
        case null, default -> throw new IllegalStateException(e.getCause());
      }
    }
  }
}
