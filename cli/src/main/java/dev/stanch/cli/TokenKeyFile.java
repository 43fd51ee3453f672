package dev.stanch.cli;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.TokenKey;
import dev.stanch.revokers.journal.PrivateFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.util.function.Supplier;

/// The user's token key: 32 random bytes in the state folder, readable by nobody else. Made on
/// first use; two runs that start at once agree on one key.
final class TokenKeyFile {
  private final Path file;
  private final Supplier<SecureRandom> randoms;

  /// Random numbers are asked for only where a key is made: setting them up takes longer than a
  /// hook should.
  TokenKeyFile(Path stateFolder, Supplier<SecureRandom> randoms) {
    this.file = requireNonNull(stateFolder, "stateFolder").resolve("token-key");
    this.randoms = requireNonNull(randoms, "randoms");
  }

  TokenKey read() throws UserFault {
    try {
      return existing();
    } catch (NoSuchFileException _) {
      return create();
    } catch (IOException e) {
      throw unusable("cannot be read: " + reason(e), "check the file's permissions");
    }
  }

  private TokenKey existing() throws IOException, UserFault {
    var attributes =
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (!attributes.isRegularFile()) {
      throw unusable("is not a regular file", "remove it, and a new key is made");
    }
    if (PrivateFile.openToOthers(file)) {
      throw unusable("can be read or written by others", "chmod 600 " + file);
    }
    byte[] key = Files.readAllBytes(file);
    if (key.length != TokenKey.LENGTH) {
      throw unusable(
          "has " + key.length + " bytes instead of " + TokenKey.LENGTH,
          "restore it, or remove it: token ids of earlier reports then no longer compare");
    }
    return new TokenKey(key);
  }

  /// Written whole under another name and then linked into place: no reader ever sees half a key,
  /// and whoever comes second takes the first one's.
  private TokenKey create() throws UserFault {
    byte[] key = new byte[TokenKey.LENGTH];
    SecureRandom random = randoms.get();
    random.nextBytes(key);
    Path fresh = file.resolveSibling("token-key." + Long.toHexString(random.nextLong()));
    try {
      PrivateFile.createFolders(requireNonNull(file.getParent(), "parent"));
      PrivateFile.create(fresh);
      Files.write(fresh, key);
      try {
        Files.createLink(file, fresh);
      } catch (UnsupportedOperationException _) {
        Files.move(fresh, file);
      } finally {
        Files.deleteIfExists(fresh);
      }
      return new TokenKey(key);
    } catch (FileAlreadyExistsException _) {
      try {
        return existing();
      } catch (IOException e) {
        throw unusable("cannot be read: " + reason(e), "check the file's permissions");
      }
    } catch (IOException e) {
      throw unusable(
          "cannot be made: " + reason(e), "set XDG_STATE_HOME to a folder that can be written");
    }
  }

  private UserFault unusable(String what, String hint) {
    return UserFault.of(ExitCode.USAGE, "the token key " + file + " " + what, hint);
  }

  private static String reason(IOException e) {
    return e instanceof java.nio.file.AccessDeniedException
        ? "permission denied"
        : e.getClass().getSimpleName();
  }
}
