package dev.stanch.cli.command;

import dev.stanch.cli.CommandRun;
import dev.stanch.detectors.rule.ExampleTemplate;
import dev.stanch.fixtures.FakeHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The Space acme/chat at a Hub on loopback, with one secret that is old and one that is not.
final class ServedSpace implements AutoCloseable {
  /// What we read it with.
  static final String OWN = new ExampleTemplate("{{\"hf_\"}}{{alpha:34}}").expand(99);

  private final Path home;
  private final FakeHub hub;
  private final FakeHub.Repository chat;

  /// @param home the folder of the commands, below which the Hub keeps its repositories
  ServedSpace(Path home) throws IOException {
    this.home = home;
    this.hub = new FakeHub(Files.createDirectories(home.resolve("hub")));
    hub.writer(OWN);
    this.chat =
        hub.add("spaces/acme/chat")
            .sdk("docker")
            .secret("OLD", "2024-03-01T10:00:00.000Z")
            .secret("NEW", "2026-02-01T10:00:00.000Z");
    ServedHistory.commit(
        home.resolve("hub/spaces/acme/chat"), "refs/heads/main", "a.txt", "nothing\n");
  }

  /// The Space itself.
  FakeHub.Repository chat() {
    return chat;
  }

  /// A run that reads it.
  CommandRun.Setting setting() {
    return CommandRun.in(home)
        .with("HOME", home.toString())
        .with("PATH", System.getenv("PATH"))
        .with("GIT_CONFIG_NOSYSTEM", "1")
        .with("HF_ENDPOINT", hub.endpoint())
        .with("HF_TOKEN", OWN);
  }

  @Override
  public void close() {
    hub.close();
  }
}
