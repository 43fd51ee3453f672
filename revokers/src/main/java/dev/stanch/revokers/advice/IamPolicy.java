package dev.stanch.revokers.advice;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stanch.revokers.spi.Advice;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Permissions as a policy of AWS IAM.
final class IamPolicy {
  private IamPolicy() {}

  /// The policy; empty where no permission has a resource.
  static String of(List<Advice.Permission> permissions) {
    var actions = new TreeMap<String, List<String>>();
    for (Advice.Permission each : permissions) {
      if (!each.on().isEmpty()) {
        actions.computeIfAbsent(each.on(), _ -> new ArrayList<>()).add(each.name());
      }
    }
    if (actions.isEmpty()) {
      return "";
    }
    ObjectNode policy = JsonNodeFactory.instance.objectNode();
    policy.put("Version", "2012-10-17");
    var statements = policy.putArray("Statement");
    actions.forEach(
        (on, names) -> {
          ObjectNode statement = statements.addObject();
          statement.put("Effect", "Allow");
          var list = statement.putArray("Action");
          names.stream().sorted().forEach(list::add);
          statement.put("Resource", on);
        });
    return policy.toPrettyString();
  }
}
