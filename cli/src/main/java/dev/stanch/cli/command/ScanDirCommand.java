package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.detectors.source.Source;
import dev.stanch.detectors.source.directory.DirectorySource;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Scans files and folders.
@Command(
    name = "dir",
    description = "Finds tokens in files and folders.",
    footer = {
      "",
      "Examples:",
      "  stanch scan dir .",
      "  stanch scan dir --no-ignore .",
      "  stanch scan dir --min-confidence 0.8 --format jsonl src config.yml",
    })
@SuppressWarnings("NullAway.Init") // picocli fills the fields before it runs the command
final class ScanDirCommand implements Callable<Integer> {
  private final Wiring wiring;

  @Parameters(arity = "1..*", paramLabel = "PATH", description = "Files or folders to scan.")
  private List<Path> paths;

  @Option(
      names = "--no-ignore",
      description =
          "Also what .gitignore leaves out. Without this, files of a checkout that it leaves out"
              + " and git does not track are listed as excluded.")
  private boolean noIgnore;

  @Mixin private ScanOptions scan;
  @Mixin private ScanOnlyOptions only;
  @Mixin private ReportOptions report;

  ScanDirCommand(Wiring wiring) {
    this.wiring = wiring;
  }

  @Override
  public Integer call() throws UserFault, InterruptedException {
    Path folder = wiring.console().environment().folder();
    List<Path> roots = paths.stream().map(folder::resolve).toList();
    for (int i = 0; i < roots.size(); i++) {
      if (!Files.exists(roots.get(i), LinkOption.NOFOLLOW_LINKS)) {
        throw UserFault.of(
            ExitCode.USAGE, "no such file or folder: " + paths.get(i), "check the path");
      }
    }
    var ignored = noIgnore ? DirectorySource.Ignored.SCANNED : DirectorySource.Ignored.EXCLUDED;
    List<Source> sources =
        roots.stream().<Source>map(root -> new DirectorySource(root, ignored)).toList();
    return new ScanRun(wiring, scan, only, report).inOwn(roots).run(new SourceSequence(sources));
  }
}
