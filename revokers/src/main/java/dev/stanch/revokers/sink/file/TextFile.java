package dev.stanch.revokers.sink.file;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/// A file that is replaced as a whole: whoever opens it finds the content of before or that of
/// after, whenever this process or the machine dies. Mode and owner stay.
final class TextFile {
  private static final long LARGEST = 64L << 20;

  private final Path path;

  TextFile(Path path) {
    this.path = requireNonNull(path, "path");
  }

  /// A change of the content.
  interface Edit {
    /// The new content; the same to leave the file alone.
    byte[] apply(byte[] content) throws UnwritableException;
  }

  /// The content.
  ///
  /// @throws NoSuchFileException where there is no such file
  /// @throws UnwritableException where it is none that a value is written to
  byte[] read() throws IOException, UnwritableException {
    refuseLinks();
    var attributes = Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS);
    if (!attributes.isRegularFile()) {
      throw new UnwritableException("it is no file");
    }
    if (attributes.size() > LARGEST) {
      throw new UnwritableException("it is larger than " + (LARGEST >> 20) + " MiB");
    }
    return Files.readAllBytes(path);
  }

  /// Links may lead anywhere. Those above the checkout that the file is part of are the machine's
  /// own; where there is no checkout, all folders are.
  private void refuseLinks() throws UnwritableException {
    Path top = path.getParent();
    for (Path at = top; at != null; at = at.getParent()) {
      if (Files.exists(at.resolve(".git"), NOFOLLOW_LINKS)) {
        top = at;
        break;
      }
    }
    for (Path at = path; at != null && !at.equals(top); at = at.getParent()) {
      if (Files.isSymbolicLink(at)) {
        throw new UnwritableException(
            at.equals(path) ? "it is a link" : "it is reached through a link: " + at);
      }
    }
  }

  /// Says why the file could not be replaced, if so.
  ///
  /// @throws UnwritableException when it could not
  void rehearse() throws IOException, UnwritableException {
    Path folder = Objects.requireNonNull(path.getParent(), "a file stands in a folder");
    if (!Files.isWritable(path)) {
      throw new UnwritableException("this user may not write it");
    }
    if (!Files.isWritable(folder)) {
      throw new UnwritableException("this user may not write to its folder");
    }
    if (links() > 1) {
      throw new UnwritableException(
          "it has other names (hard links), which would keep the old value");
    }
  }

  private int links() throws IOException {
    return path.getFileSystem().supportedFileAttributeViews().contains("unix")
        ? (Integer) Files.getAttribute(path, "unix:nlink", NOFOLLOW_LINKS)
        : 1;
  }

  /// Changes the content, alone among those who use this class.
  ///
  /// @throws UnwritableException when nothing was changed, with the reason
  /// @throws IOException when nobody knows whether it was
  void edit(Edit edit) throws IOException, UnwritableException {
    read();
    rehearse();
    while (true) {
      Object identity = identity();
      try (FileChannel channel =
              FileChannel.open(
                  path, StandardOpenOption.READ, StandardOpenOption.WRITE, NOFOLLOW_LINKS);
          FileLock _ = channel.lock()) {
        // Whoever had the lock before may have put another file there.
        if (Objects.equals(identity, identity())) {
          byte[] content = read();
          byte[] changed = edit.apply(content);
          if (!Arrays.equals(changed, content)) {
            replace(content, changed);
          }
          return;
        }
      }
    }
  }

  private Object identity() throws IOException {
    Object key = Files.readAttributes(path, BasicFileAttributes.class, NOFOLLOW_LINKS).fileKey();
    return key == null ? path : key;
  }

  private void replace(byte[] content, byte[] changed) throws IOException, UnwritableException {
    // One name, so that what a run left that died is overwritten by the next.
    Path beside = path.resolveSibling("." + path.getFileName() + ".stanch");
    Files.deleteIfExists(beside);
    try {
      write(beside, changed);
      if (!Arrays.equals(read(), content)) {
        throw new UnwritableException("it was changed meanwhile");
      }
      Files.move(beside, path, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(beside);
    }
    force(Objects.requireNonNull(path.getParent(), "a file stands in a folder"));
  }

  private void write(Path beside, byte[] content) throws IOException, UnwritableException {
    boolean posix = Files.getFileAttributeView(path, PosixFileAttributeView.class) != null;
    Set<PosixFilePermission> ownerOnly =
        EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    try (FileChannel out =
        posix
            ? FileChannel.open(
                beside,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(ownerOnly))
            : FileChannel.open(beside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      if (posix) {
        own(beside);
      }
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
      if (posix) {
        Files.setAttribute(beside, "unix:mode", Files.getAttribute(path, "unix:mode"));
      }
      out.force(true);
    }
  }

  /// Whoever reads the file must be able to afterwards.
  private void own(Path beside) throws IOException, UnwritableException {
    PosixFileAttributes wanted = Files.readAttributes(path, PosixFileAttributes.class);
    PosixFileAttributeView view = Files.getFileAttributeView(beside, PosixFileAttributeView.class);
    PosixFileAttributes now = view.readAttributes();
    try {
      if (!now.owner().equals(wanted.owner())) {
        view.setOwner(wanted.owner());
      }
      if (!now.group().equals(wanted.group())) {
        view.setGroup(wanted.group());
      }
    } catch (FileSystemException _) {
      throw new UnwritableException("its owner and group could not be kept");
    }
  }

  private static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (AccessDeniedException _) {
      // Some systems open no folders; there a rename is as durable as it can be.
    }
  }
}
