package dev.stanch.detectors.source.git;

import dev.stanch.detectors.source.SourceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.net.ssl.SSLException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.RemoteConfig;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.Transport;
import org.jspecify.annotations.Nullable;

/// Fetches all refs of a remote repository into a new bare one. What the remote says is taken for
/// objects and names, never for settings: no hook, no filter and no configuration of its comes
/// along.
final class RemoteFetch {
  /// Seconds without a byte after which a server is given up.
  private static final int PATIENCE = 120;

  private static final int TICK_MILLIS = 100;
  private static final int LONGEST_MESSAGE = 200;

  private final RemoteAddress address;
  private final Map<String, String> environment;
  private final Path gitFolder;

  /// Whether the fetch was stopped for want of room.
  private volatile boolean full;

  RemoteFetch(RemoteAddress address, Map<String, String> environment, Path gitFolder) {
    this.address = address;
    this.environment = environment;
    this.gitFolder = gitFolder;
  }

  /// Fetches on a thread of its own, since a server can keep a read waiting as it likes.
  void run(TemporaryClone.Watcher watcher) throws SourceException, InterruptedException {
    UserGitSettings.use(environment);
    // Made here: a fetch that is given up must find no folder to make anew.
    Repository repository = created();
    var failure = new @Nullable Throwable[1];
    var thread =
        Thread.ofPlatform()
            .daemon()
            .name("stanch-clone")
            .unstarted(
                () -> {
                  try {
                    fetch(repository, new Watched(watcher));
                  } catch (Throwable e) { // told by the thread that waits
                    failure[0] = e;
                  }
                });
    thread.start();
    while (!thread.join(java.time.Duration.ofMillis(TICK_MILLIS))) {
      if (watcher.stopping()) {
        thread.interrupt();
        throw new SourceException("interrupted while cloning " + address.shown(), "");
      }
    }
    Throwable reason = failure[0];
    if (reason != null) {
      throw explained(reason);
    }
  }

  private Repository created() throws SourceException {
    try {
      Repository repository =
          new FileRepositoryBuilder().setGitDir(gitFolder.toFile()).setBare().build();
      repository.create(true);
      return repository;
    } catch (IOException e) {
      throw explained(e);
    }
  }

  private void fetch(Repository opened, ProgressMonitor monitor)
      throws IOException, URISyntaxException {
    try (Repository repository = opened) {
      var config = repository.getConfig();
      config.setString("remote", "origin", "url", address.text());
      try (Transport transport = Transport.open(repository, new RemoteConfig(config, "origin"))) {
        transport.setTimeout(PATIENCE);
        transport.setCredentialsProvider(new UserCredentials(environment));
        if (transport instanceof SshTransport ssh) {
          ssh.setSshSessionFactory(new SshProgram(environment));
        }
        Map<String, Ref> refs = new TreeMap<>();
        Ref head;
        try (var connection = transport.openFetch()) {
          for (Ref ref : connection.getRefs()) {
            if (ref.getObjectId() != null && !ref.getName().endsWith("^{}")) {
              refs.put(ref.getName(), ref);
            }
          }
          head = refs.get(Constants.HEAD);
          if (!refs.isEmpty()) {
            connection.fetch(monitor, refs.values(), Set.of());
          }
        }
        write(refs, head);
      }
    }
  }

  /// Writes the refs as git packs them. A name that is none gets one: where it would lead on a disk
  /// is the server's choice.
  private void write(Map<String, Ref> refs, @Nullable Ref head) throws IOException {
    List<String> lines = new ArrayList<>();
    int unnamed = 0;
    for (Ref ref : refs.values()) {
      String name = ref.getName();
      if (name.equals(Constants.HEAD)) {
        continue;
      }
      if (!name.startsWith("refs/") || !Repository.isValidRefName(name)) {
        name = "refs/unnamed/" + unnamed++;
      }
      lines.add(ref.getObjectId().name() + " " + name);
    }
    lines.sort(java.util.Comparator.comparing(line -> line.substring(line.indexOf(' '))));
    Files.write(gitFolder.resolve("packed-refs"), lines, StandardCharsets.UTF_8);
    if (head != null) {
      String branch = head.isSymbolic() ? head.getTarget().getName() : "";
      boolean named = branch.startsWith("refs/") && Repository.isValidRefName(branch);
      Files.writeString(
          gitFolder.resolve("HEAD"), (named ? "ref: " + branch : head.getObjectId().name()) + "\n");
    }
  }

  private SourceException explained(Throwable reason) {
    if (full) {
      return new SourceException(
          "the clone of " + address.shown() + " would take more than half of the free space",
          "point TMPDIR to a folder with more room",
          reason);
    }
    for (Throwable cause = reason; cause != null; cause = cause.getCause()) {
      SourceException known = known(cause, reason);
      if (known != null) {
        return known;
      }
    }
    return new SourceException(
        "could not clone " + address.shown() + ": " + said(reason),
        "git clone may say more",
        reason);
  }

  private @Nullable SourceException known(Throwable cause, Throwable reason) {
    String text = said(cause).toLowerCase(Locale.ROOT);
    if (cause instanceof UnknownHostException) {
      return new SourceException(
          "there is no host " + address.host(), "check the address and the network", reason);
    }
    if (cause instanceof ConnectException) {
      return new SourceException(
          address.host() + " takes no connection", "check the address and the network", reason);
    }
    if (cause instanceof SocketTimeoutException || text.contains("read timed out")) {
      return new SourceException(
          address.host() + " did not answer for " + PATIENCE + " seconds", "try again", reason);
    }
    if (cause instanceof SSLException) {
      return new SourceException(
          address.host() + " does not prove who it is", "check the certificate", reason);
    }
    if (cause instanceof OutOfMemoryError) {
      return new SourceException(
          address.host() + " sends more names than fit into memory", "", reason);
    }
    if (text.contains("not authorized")
        || text.contains("authentication")
        || text.contains("not permitted")
        || text.contains("permission denied")) {
      return new SourceException(
          address.host() + " refuses access to " + address.shown(),
          "put a login into ~/.netrc, name a program in GIT_ASKPASS, or set GH_TOKEN for"
              + " github.com; for ssh load the key into the agent",
          reason);
    }
    if (cause instanceof NoRemoteRepositoryException) {
      return new SourceException(
          "there is no repository at " + address.shown(), "check the address", reason);
    }
    return null;
  }

  /// A message without what could move a terminal, and without the address, which may hold a name.
  private String said(Throwable e) {
    return printable(String.valueOf(e.getMessage()).replace(address.text(), address.shown()));
  }

  private static String printable(String said) {
    String text = said.replaceAll("\\p{Cntrl}+", " ");
    return text.length() > LONGEST_MESSAGE ? text.substring(0, LONGEST_MESSAGE) : text;
  }

  /// Stops a fetch that is no longer wanted, or that would fill the disk.
  private final class Watched implements ProgressMonitor {
    private static final long ASKED_EVERY_NANOS = 500_000_000;

    private final TemporaryClone.Watcher watcher;
    private final long keptFree = Math.max(1L << 28, free() / 2);
    private String task = "";
    private long total;
    private long completed;
    private long asked;
    private boolean cancelled;

    Watched(TemporaryClone.Watcher watcher) {
      this.watcher = watcher;
    }

    private long free() {
      try {
        return Files.getFileStore(gitFolder.getParent()).getUsableSpace();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public boolean isCancelled() {
      long now = System.nanoTime();
      if (!cancelled && now - asked > ASKED_EVERY_NANOS) {
        asked = now;
        full = free() < keptFree;
        cancelled = full || watcher.stopping();
      }
      return cancelled;
    }

    @Override
    public void start(int tasks) {}

    @Override
    public void beginTask(String title, int work) {
      task = printable(title);
      total = work;
      completed = 0;
      tell();
    }

    @Override
    public void update(int done) {
      completed += done;
      tell();
    }

    private void tell() {
      watcher.at("cloning: " + task + (total > 0 ? " " + 100L * completed / total + " %" : ""));
    }

    @Override
    public void endTask() {}

    @Override
    public void showDuration(boolean shown) {}
  }
}
