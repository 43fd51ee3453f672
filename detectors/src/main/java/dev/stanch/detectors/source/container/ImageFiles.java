package dev.stanch.detectors.source.container;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarFile;
import org.apache.commons.compress.utils.BoundedArchiveInputStream;

/// The files that an image consists of, by name: those of a tar archive, or of a folder. Safe for
/// use by several threads.
interface ImageFiles extends Closeable {
  /// A file's bytes; the caller closes them.
  ///
  /// @throws NoSuchFileException where there is none of that name
  InputStream open(String name) throws IOException;

  /// How many bytes a file has; empty where there is none of that name.
  Optional<Long> size(String name);

  /// What a file is called where it stands itself: several names may lead to one.
  default String own(String name) {
    return name;
  }

  /// The files of an archive or of a folder.
  static ImageFiles of(Path archiveOrFolder) throws IOException {
    if (Files.isDirectory(archiveOrFolder)) {
      return new Folder(archiveOrFolder.toRealPath());
    }
    var channel = FileChannel.open(archiveOrFolder);
    try {
      return Archive.of(channel);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /// A folder laid out as an OCI image. A link leads nowhere.
  record Folder(Path root) implements ImageFiles {
    private Optional<Path> file(String name) {
      Path file = root.resolve(name).normalize();
      return file.startsWith(root) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
          ? Optional.of(file)
          : Optional.empty();
    }

    @Override
    public InputStream open(String name) throws IOException {
      Path file = file(name).orElseThrow(() -> new NoSuchFileException(name));
      return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public Optional<Long> size(String name) {
      return file(name)
          .flatMap(
              file -> {
                try {
                  return Optional.of(Files.size(file));
                } catch (IOException _) {
                  return Optional.empty();
                }
              });
    }

    @Override
    public void close() {
      // Nothing is open between two reads.
    }
  }

  /// A tar archive, read where its members stand.
  final class Archive implements ImageFiles {
    private final FileChannel channel;
    private final Map<String, TarArchiveEntry> members = new HashMap<>();

    private Archive(FileChannel channel) {
      this.channel = channel;
    }

    /// The members of an archive. Closing them closes the channel.
    @SuppressWarnings("resource") // closing the reader of the headers would close the channel
    static Archive of(FileChannel channel) throws IOException {
      var archive = new Archive(channel);
      List<TarArchiveEntry> entries = new TarFile(channel).getEntries();
      for (TarArchiveEntry entry : entries) {
        archive.members.put(Layers.normal(entry.getName()), entry);
      }
      // `docker save` writes a layer that two images share once, and links to it.
      for (TarArchiveEntry entry : entries) {
        if (entry.isSymbolicLink() || entry.isLink()) {
          archive.link(entry);
        }
      }
      return archive;
    }

    private void link(TarArchiveEntry entry) {
      String name = Layers.normal(entry.getName());
      Path target = Path.of(entry.getLinkName());
      Path folder = Path.of(name).getParent();
      Path full = entry.isLink() || folder == null ? target : folder.resolve(target).normalize();
      TarArchiveEntry to = members.get(Layers.normal(full.toString()));
      if (to != null && to.isFile()) {
        members.put(name, to);
      }
    }

    private Optional<TarArchiveEntry> member(String name) {
      return Optional.ofNullable(members.get(name))
          .filter(entry -> entry.isFile() && !entry.isSparse());
    }

    @Override
    public InputStream open(String name) throws IOException {
      TarArchiveEntry entry = member(name).orElseThrow(() -> new NoSuchFileException(name));
      // Not the archive's own stream: all of those share one position.
      return new BoundedArchiveInputStream(entry.getDataOffset(), entry.getSize()) {
        @Override
        protected int read(long position, ByteBuffer into) throws IOException {
          return channel.read(into, position);
        }
      };
    }

    @Override
    public Optional<Long> size(String name) {
      return member(name).map(TarArchiveEntry::getSize);
    }

    @Override
    public String own(String name) {
      return member(name).map(entry -> Layers.normal(entry.getName())).orElse(name);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
