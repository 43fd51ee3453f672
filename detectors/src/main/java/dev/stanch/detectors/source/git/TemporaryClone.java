package dev.stanch.detectors.source.git;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.source.SourceException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Map;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.jspecify.annotations.Nullable;

/// A bare clone of a repository elsewhere, all refs of it, in a temporary folder that goes when
/// this is closed. A process that is killed leaves its folder behind, unlocked: the next clone
/// removes it.
public final class TemporaryClone implements AutoCloseable {
  private static final String PREFIX = "stanch-clone-";
  private static final String LOCK = "lock";

  /// A folder without a lock may be one that another process is about to lock.
  private static final Duration YOUNG = Duration.ofHours(1);

  private static final int ATTEMPTS = 50;
  private static final int PAUSE_MILLIS = 40;

  private final Path folder;
  private final FileChannel channel;
  private final FileLock lock;

  private TemporaryClone(Path folder, FileChannel channel, FileLock lock) {
    this.folder = folder;
    this.channel = channel;
    this.lock = lock;
  }

  /// Who waits for a clone.
  public interface Watcher {
    /// Whether they have changed their mind; asked time and again.
    boolean stopping();

    /// Told how far it has come.
    void at(String what);
  }

  /// Clones what `address` names; whoever calls closes.
  ///
  /// @param environment the caller's variables: where temporary files, configuration and
  ///   credentials are
  /// @throws SourceException when it cannot be cloned
  public static TemporaryClone of(
      RemoteAddress address, Map<String, String> environment, Watcher watcher)
      throws SourceException, InterruptedException {
    return of(address, new UserCredentials(environment), environment, watcher);
  }

  /// Clones what `address` names, with this login alone; whoever calls closes.
  ///
  /// @throws SourceException when it cannot be cloned
  public static TemporaryClone of(
      RemoteAddress address, HostLogin login, Map<String, String> environment, Watcher watcher)
      throws SourceException, InterruptedException {
    return of(address, login.provider(), environment, watcher);
  }

  private static TemporaryClone of(
      RemoteAddress address,
      CredentialsProvider credentials,
      Map<String, String> environment,
      Watcher watcher)
      throws SourceException, InterruptedException {
    requireNonNull(address, "address");
    Path parent = temporaryFolder(environment);
    removeLeftovers(parent);
    TemporaryClone clone = locked(parent);
    boolean done = false;
    try {
      new RemoteFetch(
              address,
              credentials,
              environment,
              clone.gitFolder(),
              new Advertisement(Advertisement.MOST))
          .run(watcher);
      done = true;
    } finally {
      if (!done) {
        clone.close();
      }
    }
    return clone;
  }

  private static Path temporaryFolder(Map<String, String> environment) {
    Path named = Path.of(environment.getOrDefault("TMPDIR", ""));
    return named.isAbsolute() && Files.isDirectory(named)
        ? named
        : Path.of(System.getProperty("java.io.tmpdir"));
  }

  private static TemporaryClone locked(Path parent) throws SourceException {
    try {
      Path folder = Files.createTempDirectory(parent, PREFIX);
      FileChannel channel =
          FileChannel.open(
              folder.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
        throw new IOException("nobody else knows this file");
      }
      return new TemporaryClone(folder, channel, lock);
    } catch (IOException e) {
      throw new SourceException(
          "no temporary folder could be made in " + parent,
          "point TMPDIR to a folder with room for the clone",
          e);
    }
  }

  /// What processes left behind that could not end in order.
  private static void removeLeftovers(Path parent) {
    try (var folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path folder : folders) {
        if (Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && isLeftover(folder)) {
          remove(folder);
        }
      }
    } catch (IOException | DirectoryIteratorException _) {
      // Another's, or going already.
    }
  }

  private static boolean isLeftover(Path folder) throws IOException {
    Path file = folder.resolve(LOCK);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      FileTime made = Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS);
      return made.toMillis() < System.currentTimeMillis() - YOUNG.toMillis();
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        var lock = channel.tryLock()) {
      return lock != null;
    } catch (IOException | java.nio.channels.OverlappingFileLockException _) {
      return false; // in use, by this process even, or another user's
    }
  }

  private Path gitFolder() {
    return folder.resolve("repository.git");
  }

  /// The clone.
  public GitRepository repository() throws SourceException {
    return GitRepository.at(gitFolder(), null, Map.of());
  }

  @Override
  public void close() {
    try (var _ = channel;
        var _ = lock) {
      // A fetch that was given up may still be writing.
      for (int i = 0; i < ATTEMPTS && Files.exists(folder, LinkOption.NOFOLLOW_LINKS); i++) {
        try {
          remove(folder);
        } catch (IOException _) {
          Thread.sleep(PAUSE_MILLIS);
        }
      }
    } catch (IOException _) {
      // The next clone tries again.
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static void remove(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path inner, @Nullable IOException failure)
              throws IOException {
            Files.deleteIfExists(inner);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
