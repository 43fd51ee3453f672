package dev.stanch.revokers.advice;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// What the containers of Compose files and Kubernetes manifests run. Where they give an image
/// arguments alone, the program is what the image is called.
final class Containers {
  private static final int DEEPEST = 40;

  private Containers() {}

  /// A container.
  ///
  /// @param says all that is said of it
  /// @param from secrets and files that its environment is taken from
  record Container(Command command, String says, List<String> from) {}

  /// Those of a text; none where it is not such a file.
  static List<Container> in(String text) {
    var all = new ArrayList<Container>();
    if (!text.contains("image:")) {
      return all;
    }
    try {
      for (Node document : new Yaml(new LoaderOptions()).composeAll(new StringReader(text))) {
        collect(document, text, 0, all);
      }
    } catch (YAMLException _) {
      // A template, or no YAML: its lines are read as lines.
    }
    return all;
  }

  private static void collect(Node node, String text, int depth, List<Container> all) {
    if (depth > DEEPEST) {
      return;
    }
    switch (node) {
      case MappingNode mapping -> {
        container(mapping, text).ifPresent(all::add);
        mapping.getValue().forEach(each -> collect(each.getValueNode(), text, depth + 1, all));
      }
      case SequenceNode sequence ->
          sequence.getValue().forEach(each -> collect(each, text, depth + 1, all));
      default -> {}
    }
  }

  private static Optional<Container> container(MappingNode mapping, String text) {
    Optional<Node> image = value(mapping, "image");
    Optional<Node> arguments = value(mapping, "args").or(() -> value(mapping, "command"));
    boolean kubernetes = value(mapping, "args").isPresent();
    Optional<Node> entry = value(mapping, kubernetes ? "command" : "entrypoint");
    if (image.isEmpty()
        || !(image.get() instanceof ScalarNode name)
        || arguments.isEmpty()
        || entry.isPresent()) {
      return Optional.empty(); // what names its program is read as a line
    }
    var words = new ArrayList<String>();
    words.add(program(name.getValue()));
    words.addAll(words(arguments.get()));
    int line = arguments.get().getStartMark().getLine() + 1;
    var from = new ArrayList<String>();
    value(mapping, "envFrom").ifPresent(each -> scalars(each, from));
    value(mapping, "env_file").ifPresent(each -> scalars(each, from));
    List<String> lines = text.lines().toList();
    int begin = mapping.getStartMark().getLine();
    int end = Math.min(lines.size(), Math.max(begin + 1, mapping.getEndMark().getLine()));
    return Optional.of(
        new Container(
            new Command(line, String.join(" ", words), words),
            String.join("\n", lines.subList(begin, end)),
            from));
  }

  /// The last part of an image's name, without its version.
  private static String program(String image) {
    String name = image.substring(image.lastIndexOf('/') + 1);
    return name.replaceFirst("[:@].*", "");
  }

  private static List<String> words(Node node) {
    var words = new ArrayList<String>();
    switch (node) {
      case SequenceNode sequence -> scalars(sequence, words);
      case ScalarNode scalar ->
          Command.in(1, "run " + scalar.getValue().replace('\n', ' ')).stream()
              .findFirst()
              .ifPresent(each -> words.addAll(each.words().subList(1, each.words().size())));
      default -> {}
    }
    return words;
  }

  private static void scalars(Node node, List<String> into) {
    switch (node) {
      case ScalarNode scalar -> into.add(scalar.getValue());
      case SequenceNode sequence -> sequence.getValue().forEach(each -> scalars(each, into));
      case MappingNode mapping ->
          mapping.getValue().forEach(each -> scalars(each.getValueNode(), into));
      default -> {}
    }
  }

  private static Optional<Node> value(MappingNode mapping, String key) {
    for (NodeTuple each : mapping.getValue()) {
      if (each.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key)) {
        return Optional.of(each.getValueNode());
      }
    }
    return Optional.empty();
  }
}
