package dev.stanch.cli.command;

import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.detectors.http.Transport;
import dev.stanch.detectors.scan.Detector;
import dev.stanch.detectors.scan.ScanProgress;
import dev.stanch.detectors.scan.ScanResult;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.github.ActionsLogSource;
import dev.stanch.detectors.source.github.GistSource;
import dev.stanch.detectors.source.github.GitHubApi;
import dev.stanch.detectors.source.github.GitHubRepository;
import dev.stanch.detectors.source.github.GitHubSource;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/// Scans of repositories at GitHub, one after the other: what people wrote through the API, the
/// history in a clone that goes before the next one comes. Closing ends every call.
final class GitHubScan implements AutoCloseable {
  /// Logs are waited for, not worked at.
  private static final int LOGS_AT_ONCE = 8;

  private final Wiring wiring;
  private final Transport transport;
  private final GitHubApi api;
  private final Detector detector;
  private final ScanProgress progress;
  private final int threads;
  private @Nullable Instant logsSince;

  private GitHubScan(
      Wiring wiring,
      Transport transport,
      GitHubApi api,
      Detector detector,
      ScanProgress progress,
      int threads) {
    this.wiring = wiring;
    this.transport = transport;
    this.api = api;
    this.detector = detector;
    this.progress = progress;
    this.threads = threads;
  }

  /// Scans under the caller's variables; whoever calls closes.
  static GitHubScan open(Wiring wiring, Detector detector, ScanProgress progress, int threads)
      throws UserFault, SourceException {
    var allowed = wiring.userConfiguration().allowedHosts();
    Transport transport = wiring.transport();
    try {
      var api = GitHubApi.of(wiring.console().environment().variables(), allowed, transport);
      return new GitHubScan(wiring, transport, api, detector, progress, threads);
    } catch (SourceException e) {
      transport.close();
      throw e;
    }
  }

  GitHubApi api() {
    return api;
  }

  /// Makes it read the logs of Actions since a moment as well, each time anew.
  void readLogs(Instant since) {
    logsSince = since;
  }

  /// Scans these repositories, and leaves out what has not changed since it was last scanned.
  ///
  /// @param memory what is known of earlier scans
  ScanResult run(List<GitHubRepository> repositories, List<String> gistOwners, ScanMemory memory)
      throws UserFault, SourceException, InterruptedException {
    var parts = new ArrayList<ScanResult>();
    var before = new ScanResult.Counts(0, 0, 0, 0);
    try {
      Map<String, String> discussions = discussions(repositories).orElse(null);
      Map<String, String> tags = tags(repositories, discussions, memory);
      for (GitHubRepository repository : repositories) {
        if (progress.stopping()) {
          break;
        }
        progress.phase("asking for " + repository.name());
        String tag =
            tags.containsKey(repository.name())
                ? tags.get(repository.name())
                : tag(repository, discussions, "");
        Optional<ScanResult> known = memory.find(repository.container(), tag);
        if (known.isPresent()) {
          var counts = known.get().counts();
          before =
              new ScanResult.Counts(
                  before.bytes() + counts.bytes(),
                  before.texts() + counts.texts(),
                  0, // the parts themselves know their commits
                  0);
          parts.add(known.get());
        } else {
          parts.add(scanned(repository, tag, memory));
        }
        if (logsSince != null && !progress.stopping()) {
          progress.phase("");
          parts.add(logs(ActionsLogSource.since(api, repository, logsSince)));
        }
      }
      for (String owner : gistOwners) {
        if (!progress.stopping()) {
          progress.phase("");
          parts.add(scanner(new GistSource(api, owner)));
        }
      }
      return ScanResult.joined(parts, progress).withRead(before);
    } catch (UserFault | SourceException | InterruptedException | RuntimeException e) {
      parts.forEach(ScanResult::close);
      throw e;
    }
  }

  /// The tags of the repositories that were scanned before, by their names: asked for side by side,
  /// since most of them are all that is asked.
  private Map<String, String> tags(
      List<GitHubRepository> repositories,
      @Nullable Map<String, String> discussions,
      ScanMemory memory)
      throws InterruptedException {
    var asked = new LinkedHashMap<String, Future<String>>();
    try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (GitHubRepository repository : repositories) {
        String last = memory.lastTag(repository.container());
        if (!last.isEmpty()) {
          asked.put(
              repository.name(),
              pool.submit(() -> progress.stopping() ? "" : tag(repository, discussions, last)));
        }
      }
    }
    if (Thread.interrupted()) { // which ends the pool as well
      throw new InterruptedException();
    }
    var tags = new HashMap<String, String>();
    asked.forEach((name, tag) -> tags.put(name, tag.resultNow()));
    return tags;
  }

  /// What changes with discussions; empty where that is not told.
  private Optional<Map<String, String>> discussions(List<GitHubRepository> repositories)
      throws InterruptedException {
    try {
      return Optional.of(api.discussionTags(repositories));
    } catch (IOException _) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      return Optional.empty(); // the scan itself will tell why
    }
  }

  /// What changes with everything that a scan of the repository looks at; empty where that is not
  /// told.
  ///
  /// @param discussions what changes with them; null where that is not told
  /// @param last the one of the last scan; empty where there was none
  private String tag(
      GitHubRepository repository, @Nullable Map<String, String> discussions, String last) {
    if (discussions == null) {
      return "";
    }
    String others =
        repository.pushedAt() + " " + discussions.getOrDefault(repository.name(), "") + " ";
    String issues = last.startsWith(others) ? last.substring(others.length()) : "";
    try {
      String now = api.issueTag(repository, issues);
      return now.isEmpty() ? "" : others + now;
    } catch (IOException _) {
      return ""; // the scan itself will tell why
    }
  }

  private ScanResult scanned(GitHubRepository repository, String tag, ScanMemory memory)
      throws UserFault, SourceException, InterruptedException {
    long bytes = progress.bytes();
    long texts = progress.texts();
    progress.phase("");
    var source = new GitHubSource(api, repository);
    ScanResult written = scanner(source);
    ScanResult history =
        new CloneScan(wiring, detector, progress, threads)
            .run(api.address(repository), api.login());
    ScanResult both = ScanResult.joined(List.of(written, history), progress);
    if (history.state() == ScanResult.State.COMPLETE && !source.failed() && !tag.isEmpty()) {
      memory.keep(
          repository.container(),
          tag,
          both,
          new ScanResult.Counts(
              progress.bytes() - bytes, progress.texts() - texts, both.counts().commits(), 0));
    }
    return both;
  }

  /// What people wrote in a repository, without its history.
  ScanResult texts(GitHubRepository repository)
      throws UserFault, SourceException, InterruptedException {
    return scanner(new GitHubSource(api, repository));
  }

  /// One log of Actions.
  ScanResult log(String repository, String path)
      throws UserFault, SourceException, InterruptedException {
    return logs(ActionsLogSource.of(api, repository, path));
  }

  private ScanResult logs(ActionsLogSource source)
      throws UserFault, SourceException, InterruptedException {
    return wiring.scanner(detector, Math.max(threads, LOGS_AT_ONCE)).scan(source, progress);
  }

  /// The gists of a user.
  ScanResult gists(String owner) throws UserFault, SourceException, InterruptedException {
    return scanner(new GistSource(api, owner));
  }

  private ScanResult scanner(dev.stanch.detectors.source.Source source)
      throws UserFault, SourceException, InterruptedException {
    return wiring.scanner(detector, threads).scan(source, progress);
  }

  @Override
  public void close() {
    transport.close();
  }
}
