package dev.stanch.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.detectors.model.ProviderId;
import dev.stanch.detectors.model.Severity;
import dev.stanch.detectors.model.TokenId;
import dev.stanch.revokers.plan.Canaries;
import dev.stanch.revokers.plan.Group;
import dev.stanch.revokers.plan.Owners;
import dev.stanch.revokers.plan.Step;
import dev.stanch.revokers.plan.Subject;
import dev.stanch.revokers.spi.Action;
import dev.stanch.revokers.spi.Identity;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ReleaseOptionsTest {
  private static Step.Act act(String owner) {
    var subject =
        new Subject(
            new TokenId("v1:one"),
            "hub-key",
            new ProviderId("hub"),
            "hub_…",
            Severity.HIGH,
            Group.OURS,
            "live",
            null,
            new Identity(owner, null, null, List.of(), null, null, null),
            List.of(),
            List.of(),
            null);
    return new Step.Act(
        subject, Action.REVOKE, "key-1", null, List.of(), List.of(), 0, null, List.of());
  }

  /// Companies' names do.
  @Test
  void takesAnOwnerWhoseNameHoldsAComma() {
    var steps = new TreeMap<Integer, Step.Act>();
    steps.put(1, act("Acme, Inc."));
    steps.put(2, act("Acme"));
    steps.put(3, act("Umbrella"));
    var options = new ReleaseOptions();
    CommandLine.populateCommand(options, "--owner", "Acme, Inc.", "--owner", "Umbrella");
    var ours =
        new Ours(new Owners(List.of("Acme, Inc.", "Acme", "Umbrella")), Canaries.NONE, Set.of());
    assertThat(options.withheld(steps, ours)).containsOnlyKeys(2);
  }
}
