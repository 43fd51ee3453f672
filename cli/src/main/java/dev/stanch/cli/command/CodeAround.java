package dev.stanch.cli.command;

import dev.stanch.cli.Wiring;
import dev.stanch.detectors.model.Finding;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Provenance;
import dev.stanch.detectors.model.TokenId;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.revokers.advice.CodeTree;
import dev.stanch.revokers.spi.Code;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The code around tokens: of the folders and repositories of this machine that they stand in, each
/// read once.
final class CodeAround {
  private final Wiring wiring;
  private final @Nullable Path root;
  private final Map<Path, Optional<CodeTree>> trees = new HashMap<>();

  /// @param root where the code of all of them is, whatever their places say; null where these say
  CodeAround(Wiring wiring, @Nullable Path root) {
    this.wiring = wiring;
    this.root = root;
  }

  /// The code around each.
  Map<TokenId, Code> each(Collection<Finding> findings) throws InterruptedException {
    var code = new HashMap<TokenId, Code>();
    for (Finding finding : findings) {
      code.put(finding.token(), around(finding));
    }
    return code;
  }

  /// The code around one.
  Code around(Finding finding) throws InterruptedException {
    var paths = new TreeMap<Path, Set<String>>();
    var variables = new HashSet<String>();
    for (Place place : finding.places()) {
      Provenance from = place.provenance();
      String path =
          switch (from) {
            case Provenance.Git git -> git.path();
            case Provenance.GitConfig config -> config.path();
            case Provenance.File file -> file.path();
            case Provenance.Setting setting -> {
              variables.add(setting.path());
              yield "";
            }
            case Provenance.GitMessage _,
                Provenance.Layer _,
                Provenance.Stream _,
                Provenance.Elsewhere _ ->
                "";
          };
      Path tree = root == null ? folder(from) : root;
      if (tree != null) {
        Set<String> known = paths.computeIfAbsent(tree, _ -> new HashSet<>());
        if (!path.isEmpty()) {
          known.add(path);
        }
      }
    }
    var around = new TreeMap<String, Code>();
    for (var entry : paths.entrySet()) {
      tree(entry.getKey())
          .ifPresent(
              tree ->
                  around.put(
                      entry.getKey().toString(),
                      tree.around(finding, entry.getValue(), variables)));
    }
    var first = around.pollFirstEntry();
    return first == null ? new Code(variables, List.of()) : first.getValue().with(around);
  }

  private Optional<CodeTree> tree(Path folder) throws InterruptedException {
    Optional<CodeTree> known = trees.get(folder);
    if (known == null) {
      known = read(folder);
      trees.put(folder, known);
    }
    return known;
  }

  private Optional<CodeTree> read(Path folder) throws InterruptedException {
    try {
      return Optional.of(CodeTree.read(folder));
    } catch (SourceException e) {
      wiring.messages().warning(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /// The folder or file that holds a place, where it is one of this machine.
  private static @Nullable Path folder(Provenance from) {
    if (!from.container().startsWith("file:") || from instanceof Provenance.Layer) {
      return null;
    }
    try {
      Path folder = Path.of(URI.create(from.container()));
      return Files.exists(folder) ? folder : null;
    } catch (IllegalArgumentException | FileSystemNotFoundException _) {
      return null;
    }
  }
}
