package dev.stanch.detectors.source.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stanch.detectors.http.Time;
import dev.stanch.detectors.http.Transport;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.fixtures.FakeHub;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A list of the Hub behind each of whose pages comes another.
@Timeout(60)
final class EndlessListTest {
  @TempDir private Path folder;

  @Test
  void isCut() throws Exception {
    try (var fake = new FakeHub(folder);
        var transport = new Transport(Map.of(), "test", Time.system(), new SplittableRandom(1))) {
      fake.add("spaces/acme/chat").sdk("docker");
      fake.endless();
      Hub hub =
          Hub.of(Map.of("HF_ENDPOINT", fake.endpoint()), List.of(), transport).withMostPages(3);
      assertThatThrownBy(() -> hub.repositories("acme", HubRepository.Kind.SPACE))
          .isInstanceOf(SourceException.class)
          .hasMessageContaining("no list with an end");
      assertThat(fake.requests()).hasSize(3);
    }
  }
}
