package dev.stanch.detectors.source.github;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.model.Skip;
import dev.stanch.detectors.source.HostedLog;
import dev.stanch.detectors.source.Source;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.SourceSink;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHException;
import org.kohsuke.github.GHWorkflowJob;
import org.kohsuke.github.GHWorkflowRun;

/// The logs of a repository's Actions, of every attempt of every job.
public final class ActionsLogSource implements Source {
  private static final Pattern PATH = Pattern.compile("actions/runs/(\\d{1,18})/job/(\\d{1,18})");

  /// GitHub lists no more runs than these for one question.
  private static final int MOST_LISTED = 1000;

  private final GitHubApi api;
  private final String repository;
  private final Wanted wanted;
  private final int mostListed;

  private sealed interface Wanted {
    record Since(Instant moment) implements Wanted {}

    record One(long run, long job) implements Wanted {}
  }

  private ActionsLogSource(GitHubApi api, String repository, Wanted wanted, int mostListed) {
    this.api = requireNonNull(api, "api");
    this.repository = requireNonNull(repository, "repository");
    this.wanted = wanted;
    this.mostListed = mostListed;
  }

  /// The same for a GitHub that lists so many runs for one question.
  ActionsLogSource withMostListed(int most) {
    return new ActionsLogSource(api, repository, wanted, most);
  }

  /// A source of the logs of the runs since a moment.
  public static ActionsLogSource since(GitHubApi api, GitHubRepository repository, Instant moment) {
    return new ActionsLogSource(
        api,
        repository.name(),
        new Wanted.Since(moment.truncatedTo(ChronoUnit.SECONDS)),
        MOST_LISTED);
  }

  /// A source of one log.
  ///
  /// @param path how places name it
  public static ActionsLogSource of(GitHubApi api, String repository, String path)
      throws SourceException {
    Matcher parts = PATH.matcher(path);
    if (!parts.matches()) {
      throw new SourceException("no log at GitHub: " + path, "");
    }
    return new ActionsLogSource(
        api,
        repository,
        new Wanted.One(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2))),
        MOST_LISTED);
  }

  /// Whether a place of GitHub lies in a log.
  public static boolean isPath(String path) {
    return PATH.matcher(path).matches();
  }

  @Override
  public String label() {
    return "logs of " + repository;
  }

  @Override
  public void enumerate(SourceSink sink) throws InterruptedException {
    try {
      switch (wanted) {
        case Wanted.One(long run, long job) -> hand(run, job, null, sink);
        case Wanted.Since(Instant moment) -> runs(moment, sink);
      }
    } catch (IOException | GHException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      GitHubRefusal refusal = GitHubApi.refusal(e);
      boolean hidden = refusal.hidden() || refusal.badCredential();
      skip(hidden ? "not shown to " + api.whoever() : "not told: " + refusal.getMessage(), sink);
    }
  }

  private void skip(String reason, SourceSink sink) {
    sink.skip(new Skip(Skip.Kind.SKIPPED, "github:" + repository, "actions logs", reason));
  }

  /// Asks again for those before the oldest, as long as it is told of no more at once.
  private void runs(Instant since, SourceSink sink) throws IOException, InterruptedException {
    Set<Long> seen = new HashSet<>();
    var runs = api.hub4j().getRepository(repository);
    Instant until = null;
    while (true) {
      int listed = 0;
      Instant oldest = until;
      String created = until == null ? ">=" + since : since + ".." + until;
      for (GHWorkflowRun run : api.bounded(runs.queryWorkflowRuns().created(created).list())) {
        listed++;
        oldest = earlier(oldest, run.getCreatedAt());
        if (seen.add(run.getId())) {
          for (GHWorkflowJob job : api.bounded(run.listAllJobs())) {
            hand(run.getId(), job.getId(), job, sink);
          }
        }
      }
      if (listed < mostListed) {
        return;
      }
      if (oldest == null || oldest.equals(until)) {
        skip("more than " + mostListed + " runs began in one second: the rest is not told", sink);
        return;
      }
      if (oldest.isBefore(since)) {
        return; // an answer that is none to the question
      }
      until = oldest;
    }
  }

  private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Date other) {
    Instant moment = GitHubApi.instant(other);
    return one == null || moment != null && moment.isBefore(one) ? moment : one;
  }

  private void hand(long run, long job, @Nullable GHWorkflowJob told, SourceSink sink)
      throws InterruptedException {
    var details = new TreeMap<String, String>();
    if (told != null && told.getName() != null) {
      details.put("job", told.getName());
    }
    sink.chunk(
        new HostedLog(
            new Provenance.Setting(
                Provenance.Setting.Kind.GITHUB,
                "github:" + repository,
                "actions/runs/" + run + "/job/" + job,
                details),
            sink,
            log -> open(job, log)));
  }

  private InputStream open(long job, HostedLog log) throws IOException {
    try {
      Optional<InputStream> text = api.openLog(repository, job);
      return text.isPresent()
          ? text.get()
          : log.excluded("GitHub has no log of it: it is kept no more, or not written yet");
    } catch (GitHubRefusal e) {
      return log.skipped(
          e.hidden() ? "not shown to " + api.whoever() : "not told: " + e.getMessage());
    }
  }
}
