package dev.stanch.revokers.plugin;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/// Who can have written a file: only the user may have. Where a file system knows no owners, the
/// digest alone has to do.
final class Ownership {
  private static final int WRITABLE_BY_GROUP = 0020;
  private static final int WRITABLE_BY_OTHERS = 0002;

  private Ownership() {}

  /// Refuses `file` where somebody else can have written it.
  ///
  /// @param what what messages call it
  static void require(String what, Path file) throws IOException, PluginException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return;
    }
    int owner = (int) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    if (owner != new UnixSystem().getUid()) {
      throw PluginException.notTrusted(
          what + " belongs to another user", "make " + file + " your own, or put a copy there");
    }
    int mode = (int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS);
    if ((mode & (WRITABLE_BY_GROUP | WRITABLE_BY_OTHERS)) != 0) {
      throw PluginException.notTrusted(
          what
              + " can be written by "
              + ((mode & WRITABLE_BY_OTHERS) != 0 ? "others" : "its group"),
          "chmod go-w " + file + ", after a look at what it is");
    }
  }
}
