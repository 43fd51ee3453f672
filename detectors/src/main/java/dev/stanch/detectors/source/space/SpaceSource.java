package dev.stanch.detectors.source.space;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.stanch.detectors.model.InventoryEntry;
import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.model.Skip;
import dev.stanch.detectors.source.HostedLog;
import dev.stanch.detectors.source.SettingsChunk;
import dev.stanch.detectors.source.Source;
import dev.stanch.detectors.source.SourceSink;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What Spaces are set up with: variables, the names and ages of secrets, and their logs. Their
/// files are a git history like any other.
public final class SpaceSource implements Source {
  private final Hub hub;
  private final List<HubRepository> spaces;
  private final List<String> jobOwners;

  /// A source of these Spaces.
  ///
  /// @param jobOwners whose jobs are looked at besides
  public SpaceSource(Hub hub, List<HubRepository> spaces, List<String> jobOwners) {
    this.hub = requireNonNull(hub, "hub");
    this.spaces = List.copyOf(spaces);
    this.jobOwners = List.copyOf(jobOwners);
  }

  @Override
  public String label() {
    return spaces.size() == 1 ? spaces.getFirst().id() : spaces.size() + " Spaces";
  }

  @Override
  public void enumerate(SourceSink sink) throws InterruptedException {
    for (HubRepository space : spaces) {
      if (!space.isStatic()) {
        // First, since their chunks wait for the network while the rest is asked for.
        for (String which : new String[] {"build", "run"}) {
          sink.chunk(
              new HostedLog(place(space, "logs/" + which), sink, log -> open(space, which, log)));
        }
      }
      variables(space, sink);
      secrets(space, sink);
    }
    for (String owner : jobOwners) {
      jobs(owner, sink);
    }
  }

  private static Provenance.Setting place(HubRepository space, String path) {
    return new Provenance.Setting(
        Provenance.Setting.Kind.SPACE, space.container(), path, new TreeMap<>());
  }

  /// @param which `build` or `run`
  private InputStream open(HubRepository space, String which, HostedLog log) throws IOException {
    try {
      return new EventText(hub.openLog(space, which));
    } catch (HubRefusal e) {
      if (e.missing()) {
        return InputStream.nullInputStream();
      }
      return log.skipped(
          e.forbidden()
              ? "its logs are shown to its members alone, not to " + hub.whoever()
              : "not told: " + e.getMessage());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException();
    }
  }

  private void variables(HubRepository space, SourceSink sink) throws InterruptedException {
    var settings =
        new SettingsChunk.Builder(
            Provenance.Setting.Kind.SPACE, space.container(), new TreeMap<>());
    for (JsonNode one : told(space, "variables", sink)) {
      String name = one.path("key").asText();
      settings.add(name, one.path("value").asText().getBytes(UTF_8));
      String description = one.path("description").asText();
      if (!description.isEmpty()) {
        settings.add(name + " (description)", "", description.getBytes(UTF_8));
      }
    }
    if (!settings.isEmpty()) {
      sink.chunk(settings.build());
    }
  }

  private void secrets(HubRepository space, SourceSink sink) throws InterruptedException {
    for (JsonNode one : told(space, "secrets", sink)) {
      sink.entry(
          new InventoryEntry(
              "space-secret",
              space.container(),
              one.path("key").asText(),
              instant(one.path("updatedAt").asText()),
              space.isStatic() ? "a static Space shows it to every browser" : ""));
      String description = one.path("description").asText();
      if (!description.isEmpty()) {
        sink.chunk(
            new SettingsChunk.Builder(
                    Provenance.Setting.Kind.SPACE, space.container(), new TreeMap<>())
                .add(one.path("key").asText() + " (description)", "", description.getBytes(UTF_8))
                .build());
      }
    }
  }

  /// The named things of a part of a Space's set-up, in the Hub's order.
  private Iterable<JsonNode> told(HubRepository space, String part, SourceSink sink)
      throws InterruptedException {
    try {
      return hub.settings(space, part);
    } catch (HubRefusal e) {
      sink.skip(
          new Skip(
              Skip.Kind.SKIPPED,
              space.container(),
              part,
              e.forbidden() || e.missing()
                  ? "shown with write access to the Space alone, not to " + hub.whoever()
                  : "not told: " + e.getMessage()));
      return List.of();
    }
  }

  /// Jobs show the values that they run with, and the names of their secrets.
  private void jobs(String owner, SourceSink sink) throws InterruptedException {
    String container = "jobs:" + owner;
    try {
      for (JsonNode job : hub.jobs(owner)) {
        String id = job.path("id").asText(job.path("jobId").asText());
        var settings =
            new SettingsChunk.Builder(Provenance.Setting.Kind.JOB, container, new TreeMap<>());
        job.path("environment")
            .properties()
            .forEach(
                one ->
                    settings.add(
                        id + "/" + one.getKey(),
                        one.getKey(),
                        one.getValue().asText().getBytes(UTF_8)));
        if (!settings.isEmpty()) {
          sink.chunk(settings.build());
        }
        for (JsonNode name : job.path("secrets")) {
          sink.entry(
              new InventoryEntry(
                  "job-secret",
                  container,
                  id + "/" + name.asText(),
                  instant(job.path("createdAt").asText()),
                  ""));
        }
      }
    } catch (HubRefusal e) {
      if (!e.missing() && !e.forbidden()) {
        sink.skip(new Skip(Skip.Kind.SKIPPED, container, "", "not told: " + e.getMessage()));
      }
    }
  }

  private static @Nullable Instant instant(String text) {
    try {
      return text.isEmpty() ? null : Instant.parse(text);
    } catch (DateTimeException _) {
      return null;
    }
  }
}
