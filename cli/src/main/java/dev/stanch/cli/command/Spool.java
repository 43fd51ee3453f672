package dev.stanch.cli.command;

import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.detectors.model.TokenKey;
import dev.stanch.revokers.journal.PrivateFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Standard input kept for an incident, encrypted. The key is made of the user's token key and the
/// incident's name: neither the file nor the journal is enough to read it.
final class Spool {
  private static final byte[] MAGIC = "stanch-spool-1\n".getBytes(StandardCharsets.US_ASCII);
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private Spool() {}

  static void write(Path file, byte[] text, TokenKey user, String incident, SecureRandom random)
      throws UserFault {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, user, incident, nonce).doFinal(text);
      PrivateFile.create(file);
      try (var out = Files.newOutputStream(file, StandardOpenOption.SYNC)) {
        out.write(MAGIC);
        out.write(nonce);
        out.write(sealed);
      }
    } catch (IOException e) {
      throw UserFault.of(
          ExitCode.USAGE,
          "the spool " + file + " cannot be made: " + e.getClass().getSimpleName(),
          "name a file that is not there yet");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has AES-GCM", e);
    }
  }

  /// What was written; empty where it is gone or was written for somebody else.
  static Optional<byte[]> read(Path file, TokenKey user, String incident) {
    try {
      if (!begins(file)) {
        return Optional.empty();
      }
      byte[] all = Files.readAllBytes(file);
      int start = MAGIC.length + NONCE;
      if (all.length < start) {
        return Optional.empty();
      }
      byte[] nonce = Arrays.copyOfRange(all, MAGIC.length, start);
      return Optional.of(
          cipher(Cipher.DECRYPT_MODE, user, incident, nonce)
              .doFinal(all, start, all.length - start));
    } catch (IOException | GeneralSecurityException _) {
      return Optional.empty();
    }
  }

  private static boolean begins(Path file) throws IOException {
    try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      return Arrays.equals(in.readNBytes(MAGIC.length), MAGIC);
    }
  }

  /// Deletes what was written for this user and incident. Where a journal says that it lies may be
  /// another machine's path, and another file here.
  static void delete(Path file, TokenKey user, String incident) throws UserFault {
    try {
      if (read(file, user, incident).isPresent()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw UserFault.of(
          ExitCode.INCOMPLETE,
          "the spool " + file + " could not be deleted: " + e.getClass().getSimpleName(),
          "delete it");
    }
  }

  private static Cipher cipher(int mode, TokenKey user, String incident, byte[] nonce)
      throws GeneralSecurityException {
    var digest = MessageDigest.getInstance("SHA-256");
    for (String label : new String[] {"spool 1 ", "spool 2 "}) { // 130 bits each
      byte[] text = (label + incident).getBytes(StandardCharsets.UTF_8);
      digest.update(user.idOf(text, 0, text.length).value().getBytes(StandardCharsets.US_ASCII));
    }
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode, new SecretKeySpec(digest.digest(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    return cipher;
  }
}
