package dev.stanch.detectors.source.github;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stanch.detectors.model.InventoryEntry;
import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.model.Skip;
import dev.stanch.detectors.source.SettingsChunk;
import dev.stanch.detectors.source.Source;
import dev.stanch.detectors.source.SourceSink;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.kohsuke.github.GHException;
import org.kohsuke.github.GHIssue;
import org.kohsuke.github.GHIssueState;

/// What people wrote in a repository's issues, pull requests, reviews and discussions, its
/// variables, and the names and ages of its secrets. Its files are a git history like any other.
public final class GitHubSource implements Source {
  private static final int PER_PAGE = 100;

  private final GitHubApi api;
  private final GitHubRepository repository;
  private final String owner;
  private final String name;
  private boolean failed;

  /// A source of what stands in one repository.
  public GitHubSource(GitHubApi api, GitHubRepository repository) {
    this.api = requireNonNull(api, "api");
    this.repository = requireNonNull(repository, "repository");
    String[] parts = repository.name().split("/", -1);
    this.owner = parts[0];
    this.name = parts[1];
  }

  @Override
  public String label() {
    return repository.name();
  }

  /// Whether something was not told that may be told another time.
  public boolean failed() {
    return failed;
  }

  @Override
  public void enumerate(SourceSink sink) throws InterruptedException {
    var pulls = new ArrayList<Integer>();
    part("issues", sink, () -> issues(pulls, sink));
    part(
        "comments",
        sink,
        () ->
            api.pages(
                "/repos/{}/{}/issues/comments", "", items -> comments(items, sink), owner, name));
    part(
        "review comments",
        sink,
        () ->
            api.pages(
                "/repos/{}/{}/pulls/comments", "", items -> comments(items, sink), owner, name));
    part("reviews", sink, () -> reviews(pulls, sink));
    part(
        "discussions",
        sink,
        () -> new Discussions(api).read(repository, (title, body) -> text(title, body, sink)));
    part(
        "variables",
        sink,
        () ->
            api.pages(
                "/repos/{}/{}/actions/variables",
                "variables",
                items -> variables(items, sink),
                owner,
                name));
    for (String store : List.of("actions", "dependabot", "codespaces")) {
      part(
          store + " secrets",
          sink,
          () ->
              api.pages(
                  "/repos/{}/{}/" + store + "/secrets",
                  "secrets",
                  items -> secrets(items, store + "-secret", "", sink),
                  owner,
                  name));
    }
    part("environment secrets", sink, () -> environments(sink));
  }

  private interface Asking {
    void run() throws IOException;
  }

  private void part(String what, SourceSink sink, Asking asking) throws InterruptedException {
    try {
      asking.run();
    } catch (IOException | GHException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      GitHubRefusal refusal = GitHubApi.refusal(e);
      boolean hidden = refusal.hidden() || refusal.badCredential(); // a stranger's 401
      failed |= !hidden;
      sink.skip(
          new Skip(
              Skip.Kind.SKIPPED,
              repository.container(),
              what,
              hidden ? "not shown to " + api.whoever() : "not told: " + refusal.getMessage()));
    }
  }

  private void issues(List<Integer> pulls, SourceSink sink) throws IOException {
    var issues =
        api.hub4j()
            .getRepository(repository.name())
            .queryIssues()
            .state(GHIssueState.ALL)
            .pageSize(PER_PAGE)
            .list();
    for (GHIssue issue : api.bounded(issues)) {
      String kind = issue.isPullRequest() ? "pulls/" : "issues/";
      if (issue.isPullRequest()) {
        pulls.add(issue.getNumber());
      }
      text(kind + issue.getNumber(), issue.getTitle() + "\n\n" + issue.getBody(), sink);
    }
  }

  private void comments(JsonNode items, SourceSink sink) {
    for (JsonNode one : items) {
      String of = one.path("issue_url").asText(one.path("pull_request_url").asText());
      String number = of.substring(of.lastIndexOf('/') + 1);
      // GitHub answers a pull request's own comments with those of issues.
      String kind = one.has("pull_request_url") ? "pulls/" : "issues/";
      text(kind + number + "/comments/" + one.path("id").asText(), one.path("body").asText(), sink);
    }
  }

  private void reviews(List<Integer> pulls, SourceSink sink) throws IOException {
    for (int pull : pulls) {
      api.pages(
          "/repos/{}/{}/pulls/{}/reviews",
          "",
          items ->
              items.forEach(
                  one ->
                      text(
                          "pulls/" + pull + "/reviews/" + one.path("id").asText(),
                          one.path("body").asText(),
                          sink)),
          owner,
          name,
          Integer.toString(pull));
    }
  }

  private void variables(JsonNode items, SourceSink sink) {
    var settings =
        new SettingsChunk.Builder(
            Provenance.Setting.Kind.GITHUB, repository.container(), new TreeMap<>());
    for (JsonNode one : items) {
      String title = one.path("name").asText();
      settings.add("variables/" + title, title, one.path("value").asText().getBytes(UTF_8));
    }
    if (!settings.isEmpty()) {
      hand(settings.build(), sink);
    }
  }

  private void environments(SourceSink sink) throws IOException {
    var environments = new ArrayList<String>();
    api.pages(
        "/repos/{}/{}/environments",
        "environments",
        items -> items.forEach(one -> environments.add(one.path("name").asText())),
        owner,
        name);
    for (String environment : environments) {
      api.pages(
          "/repos/{}/{}/environments/{}/secrets",
          "secrets",
          items -> secrets(items, "environment-secret", environment + "/", sink),
          owner,
          name,
          environment);
    }
  }

  private void secrets(JsonNode items, String kind, String prefix, SourceSink sink) {
    for (JsonNode one : items) {
      sink.entry(
          new InventoryEntry(
              kind,
              repository.container(),
              prefix + one.path("name").asText(),
              instant(one.path("updated_at").asText(one.path("created_at").asText())),
              ""));
    }
  }

  private void text(String title, @Nullable String body, SourceSink sink) {
    if (body != null && !body.isBlank()) {
      hand(
          new SettingsChunk.Builder(
                  Provenance.Setting.Kind.GITHUB, repository.container(), new TreeMap<>())
              .add(title, "", body.getBytes(UTF_8))
              .build(),
          sink);
    }
  }

  private static void hand(SettingsChunk chunk, SourceSink sink) {
    try {
      sink.chunk(chunk);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  static @Nullable Instant instant(String text) {
    try {
      return text.isEmpty() ? null : Instant.parse(text);
    } catch (DateTimeException _) {
      return null;
    }
  }
}
