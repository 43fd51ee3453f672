package dev.stanch.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.cli.report.Breadth;
import dev.stanch.cli.report.Inventory;
import dev.stanch.detectors.model.Finding;
import dev.stanch.detectors.model.InventoryEntry;
import dev.stanch.detectors.model.TokenId;
import dev.stanch.detectors.model.TokenKey;
import dev.stanch.detectors.source.space.Hub;
import dev.stanch.revokers.plan.Planner;
import dev.stanch.revokers.spi.Code;
import dev.stanch.revokers.spi.Provider;
import dev.stanch.revokers.spi.ProviderCatalogue;
import dev.stanch.revokers.spi.Verification;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a policy says is to be replaced, leaked or not.
final class Due {
  private static final String SPACE = "space:";
  private static final String GITHUB = "github:";

  private final ProviderCatalogue catalogue;
  private final Inventory.Policy policy;
  private final PolicyOptions options;
  private final Map<String, String> variables;
  private final Instant now;

  private Due(
      ProviderCatalogue catalogue,
      Inventory.Policy policy,
      PolicyOptions options,
      Map<String, String> variables,
      Instant now) {
    this.catalogue = catalogue;
    this.policy = policy;
    this.options = options;
    this.variables = variables;
    this.now = now;
  }

  static Due of(Wiring wiring, PolicyOptions options) throws UserFault {
    var environment = wiring.console().environment();
    return new Due(
        wiring.providerCatalogue(),
        options.policy(wiring),
        options,
        environment.variables(),
        environment.clock().instant());
  }

  /// A token as the inventory lists it.
  Inventory.Item item(Finding finding, Verification answer, Code code) {
    return Inventory.of(finding, answer, breadth(finding, answer, code), policy, now);
  }

  private Breadth breadth(Finding finding, Verification answer, Code code) {
    return catalogue
        .find(finding.provider().value())
        .flatMap(Provider::adviser)
        .map(adviser -> Breadth.of(finding, answer, adviser, code))
        .orElse(Breadth.UNTOLD);
  }

  /// Secrets that nobody shows as the inventory lists them.
  List<Inventory.Item> items(List<InventoryEntry> entries) {
    return options.judged(entries).stream().map(entry -> Inventory.of(entry, policy, now)).toList();
  }

  /// Those tokens that the policy has something against.
  List<Planner.Verified> tokens(List<Planner.Verified> all, Map<TokenId, Code> code) {
    var due = new ArrayList<Planner.Verified>();
    for (Planner.Verified one : all) {
      Code around = code.getOrDefault(one.finding().token(), Code.NONE);
      Breadth breadth = breadth(one.finding(), one.verification(), around);
      List<String> faults =
          Inventory.of(one.finding(), one.verification(), breadth, policy, now).faults();
      if (!faults.isEmpty()) {
        due.add(one.due(faults, policy.faults(breadth)));
      }
    }
    return due;
  }

  /// Those secrets that it has something against though nobody shows them.
  List<Planner.Unshown> unshown(List<InventoryEntry> entries, TokenKey key) {
    var due = new ArrayList<Planner.Unshown>();
    for (InventoryEntry entry : options.judged(entries)) {
      Inventory.Item item = Inventory.of(entry, policy, now);
      if (!item.faults().isEmpty()) {
        byte[] name = item.id().getBytes(UTF_8);
        due.add(
            new Planner.Unshown(entry, key.idOf(name, 0, name.length), page(entry), item.faults()));
      }
    }
    return due;
  }

  /// Where it is set; its container where that is not at a provider's own address.
  private String page(InventoryEntry entry) {
    String container = entry.container();
    if (container.startsWith(SPACE) && !variables.containsKey("HF_ENDPOINT")) {
      return Hub.PUBLIC + "/spaces/" + container.substring(SPACE.length()) + "/settings";
    }
    boolean elsewhere = variables.containsKey("GH_HOST") || variables.containsKey("GITHUB_API_URL");
    return container.startsWith(GITHUB) && !elsewhere
        ? "https://github.com/" + container.substring(GITHUB.length()) + "/settings"
        : container;
  }
}
