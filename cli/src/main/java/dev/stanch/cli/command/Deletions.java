package dev.stanch.cli.command;

import static java.util.Objects.requireNonNull;

import dev.stanch.revokers.plan.PlanJson;
import dev.stanch.revokers.plan.Step;
import java.io.PrintWriter;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.codec.digest.DigestUtils;

/// The keys that a purge of an incident would delete, by the numbers of their steps.
record Deletions(String incident, SortedMap<Integer, Step.Act> acts) {
  private static final int HASH_LENGTH = 32;

  Deletions {
    requireNonNull(incident, "incident");
    acts = Collections.unmodifiableSortedMap(new TreeMap<>(acts));
  }

  /// A name for exactly these keys of this incident: whoever agreed to it agreed to nothing else.
  String hash() {
    var text = new StringBuilder(incident).append('\n');
    acts.forEach(
        (number, act) -> text.append(number).append(' ').append(PlanJson.step(act)).append('\n'));
    return DigestUtils.sha256Hex(text.toString()).substring(0, HASH_LENGTH);
  }

  void print(PrintWriter out) {
    acts.forEach(
        (number, act) ->
            out.println(
                number
                    + "  "
                    + act.subject().provider()
                    + "  "
                    + act.subject().owner()
                    + "  delete "
                    + act.keyId()
                    + (act.tenant() == null ? "" : " of " + act.tenant())
                    + "  "
                    + act.subject().redacted()));
    out.println("purge hash " + hash());
    out.flush();
  }

  List<Step.Act> list() {
    return List.copyOf(acts.values());
  }
}
