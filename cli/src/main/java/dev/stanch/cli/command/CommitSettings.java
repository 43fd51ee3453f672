package dev.stanch.cli.command;

import static java.util.Objects.requireNonNull;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.RuleSets;
import dev.stanch.cli.UserFault;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.git.CommitFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// The settings in the tree of a commit, whatever a work tree says.
record CommitSettings(CommitFiles files) implements SettingsTree {
  /// As large as a baseline may be.
  private static final int LARGEST = 64 << 20;

  CommitSettings {
    requireNonNull(files, "files");
  }

  @Override
  public Optional<String> text(String name) throws UserFault {
    try {
      Optional<byte[]> bytes = files.read(name, LARGEST);
      return bytes.isEmpty() ? Optional.empty() : Optional.of(decoded(bytes.get()));
    } catch (SourceException e) {
      throw UserFault.of(ExitCode.INCOMPLETE, String.valueOf(e.getMessage()), e.hint());
    } catch (CharacterCodingException e) {
      throw UserFault.of(
          ExitCode.USAGE,
          name + " of commit " + files.commit() + " is not UTF-8",
          "save it as UTF-8");
    }
  }

  @Override
  public RuleSets.Neighbours neighbours() {
    return path -> {
      try {
        return decoded(
            files.read(path, LARGEST).orElseThrow(() -> new IOException("there is no such file")));
      } catch (SourceException e) {
        throw new IOException("it cannot be read", e);
      } catch (CharacterCodingException e) {
        throw new IOException("it is not UTF-8", e);
      }
    };
  }

  private static String decoded(byte[] bytes) throws CharacterCodingException {
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }
}
