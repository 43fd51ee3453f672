package dev.stanch.detectors.source.github;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.model.Skip;
import dev.stanch.detectors.source.SettingsChunk;
import dev.stanch.detectors.source.Source;
import dev.stanch.detectors.source.SourceSink;
import java.io.IOException;
import java.util.TreeMap;
import org.kohsuke.github.GHException;
import org.kohsuke.github.GHGist;
import org.kohsuke.github.GHGistFile;

/// The gists of a user, in their present version.
public final class GistSource implements Source {
  private final GitHubApi api;
  private final String owner;

  /// A source of the gists of `owner`.
  public GistSource(GitHubApi api, String owner) {
    this.api = requireNonNull(api, "api");
    this.owner = requireNonNull(owner, "owner");
  }

  @Override
  public String label() {
    return "gists of " + owner;
  }

  @Override
  public void enumerate(SourceSink sink) throws InterruptedException {
    String container = "gists:" + owner;
    try {
      for (GHGist listed : api.bounded(api.hub4j().getUser(owner).listGists())) {
        GHGist gist = api.hub4j().getGist(listed.getGistId());
        var settings =
            new SettingsChunk.Builder(Provenance.Setting.Kind.GITHUB, container, new TreeMap<>());
        settings.add(gist.getGistId(), "", String.valueOf(gist.getDescription()).getBytes(UTF_8));
        for (GHGistFile file : gist.getFiles().values()) {
          String path = gist.getGistId() + "/" + file.getFileName();
          settings.add(path, "", String.valueOf(file.getContent()).getBytes(UTF_8));
          if (file.isTruncated()) {
            sink.skip(new Skip(Skip.Kind.SKIPPED, container, path, "only its beginning is told"));
          }
        }
        sink.chunk(settings.build());
      }
    } catch (IOException | GHException e) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      GitHubRefusal refusal = GitHubApi.refusal(e);
      if (!refusal.missing()) { // an organization has none
        sink.skip(new Skip(Skip.Kind.SKIPPED, container, "", "not told: " + refusal.getMessage()));
      }
    }
  }
}
