package dev.stanch.cli.command;

import dev.stanch.cli.ConfigurationText;
import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.detectors.rule.YamlTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A file that an option names, and that says what to do.
///
/// @param name as the option gives it: below the folder of the run, or from the root
record NamedFile(Path name, Wiring wiring) {
  String text() throws UserFault {
    return ConfigurationText.of(
        wiring.console().environment().folder().resolve(name), name.toString());
  }

  /// The fields of its YAML; none where it is no mapping, which is a mistake.
  Map<String, YamlTree> fields(List<String> mistakes) throws UserFault {
    try {
      if (YamlTree.parse(text()) instanceof YamlTree.Mapping mapping) {
        return mapping.fields();
      }
      mistakes.add("line 1: fields with values are to stand here");
    } catch (IOException e) {
      mistakes.add(String.valueOf(e.getMessage()));
    }
    return Map.of();
  }

  /// Names all mistakes at once, where there are any.
  ///
  /// @param hint what may stand in it
  void refuse(List<String> mistakes, String hint) throws UserFault {
    if (!mistakes.isEmpty()) {
      mistakes.forEach(mistake -> wiring.messages().error(name + ": " + mistake));
      throw UserFault.of(ExitCode.USAGE, name + " has mistakes", hint);
    }
  }
}
