package dev.stanch.detectors.source.git;

import dev.stanch.detectors.http.Routes;
import dev.stanch.detectors.http.TransportException;
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
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.net.ssl.SSLException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ProgressMonitor;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.RemoteConfig;
import org.eclipse.jgit.transport.SshTransport;
import org.eclipse.jgit.transport.Transport;
import org.eclipse.jgit.transport.TransportHttp;
import org.eclipse.jgit.transport.URIish;
import org.jspecify.annotations.Nullable;

/// Fetches all refs of a remote repository into a new bare one. What the remote says is taken for
/// objects and names, never for settings: no hook, no filter and no configuration of its comes
/// along.
final class RemoteFetch {
  /// Seconds without a byte after which a server is given up.
  private static final int PATIENCE = 120;

  private static final int TICK_MILLIS = 100;
  private static final int LONGEST_MESSAGE = 200;

  /// What git calls the file of further authorities.
  private static final String CERTIFICATES = "GIT_SSL_CAINFO";

  private static final String BY_HAND =
      "clone what you need with git, and scan the folder with 'stanch scan git FOLDER'";

  static {
    // JGit's Transport names its own children when it is initialized, and each of them needs it
    // first: of two clones that begin at once, one with Transport and one with a child of it, each
    // would wait for the other, for ever.
    Transport.getTransportProtocols();
  }

  private final RemoteAddress address;
  private final CredentialsProvider credentials;
  private final Map<String, String> environment;
  private final Path gitFolder;
  private final Advertisement advertisement;

  /// Whether the fetch was stopped for want of room.
  private volatile boolean full;

  RemoteFetch(
      RemoteAddress address,
      CredentialsProvider credentials,
      Map<String, String> environment,
      Path gitFolder,
      Advertisement advertisement) {
    this.advertisement = advertisement;
    this.address = address;
    this.credentials = credentials;
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
        throw new SourceException(
            "interrupted while cloning " + address.shown(), "run it again to clone anew");
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

  /// What speaks to the server. The user's `insteadOf` may have made another address of ours.
  private Transport opened(Repository repository)
      throws IOException, URISyntaxException, TransportException {
    var remote = new RemoteConfig(repository.getConfig(), "origin");
    URIish where = remote.getURIs().getFirst();
    if ("git".equals(where.getScheme())) {
      return new DaemonTransport(repository, where, advertisement);
    }
    Transport transport = Transport.open(repository, remote);
    transport.setCredentialsProvider(credentials);
    switch (transport) {
      case SshTransport ssh -> ssh.setSshSessionFactory(new SshProgram(environment, advertisement));
      case TransportHttp http -> {
        Routes routes = Routes.to(where.getScheme(), environment, CERTIFICATES);
        http.setHttpConnectionFactory(new HttpConnections(routes, advertisement));
      }
      default -> {} // this machine's own files
    }
    return transport;
  }

  private void fetch(Repository opened, ProgressMonitor monitor)
      throws IOException, URISyntaxException, TransportException {
    try (Repository repository = opened) {
      var config = repository.getConfig();
      config.setString("remote", "origin", "url", address.text());
      try (Transport transport = opened(repository)) {
        transport.setTimeout(PATIENCE);
        Map<String, Ref> refs = new TreeMap<>();
        Ref head;
        try (var connection = transport.openFetch()) {
          for (Ref ref : connection.getRefs()) {
            if (ref.getObjectId() != null && !ref.getName().endsWith("^{}")) {
              refs.put(ref.getName(), ref);
            }
          }
          advertisement.end();
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
    if (advertisement.tooLong()) {
      return new SourceException(
          address.host() + " lists more branches and tags than can be looked at", BY_HAND, reason);
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
    if (cause instanceof TransportException unusable) {
      return new SourceException(
          String.valueOf(cause.getMessage()),
          "correct " + unusable.variable() + " or unset it",
          reason);
    }
    if (cause instanceof SSLException) {
      return unproven(cause, reason);
    }
    if (cause instanceof OutOfMemoryError) {
      return new SourceException(
          address.host() + " sends more than fits into memory", BY_HAND, reason);
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

  private SourceException unproven(Throwable failure, Throwable reason) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String text = String.valueOf(cause.getMessage());
      if (cause instanceof CertificateExpiredException) {
        return new SourceException(
            "the certificate of " + address.host() + " has expired",
            "tell whoever runs the server, and check this machine's clock",
            reason);
      }
      if (cause instanceof CertificateNotYetValidException) {
        return new SourceException(
            "the certificate of " + address.host() + " is not valid yet",
            "check this machine's clock",
            reason);
      }
      if (text.startsWith("No subject alternative") || text.startsWith("No name matching")) {
        return new SourceException(
            "the certificate that " + address.host() + " shows is for another host",
            "check the address",
            reason);
      }
      if (cause instanceof CertPathBuilderException) {
        return new SourceException(
            "no authority that this machine trusts vouches for " + address.host(),
            "if you trust it, name the file with its authority's certificate in " + CERTIFICATES,
            reason);
      }
    }
    return new SourceException(
        address.host() + " does not speak TLS as it should: " + said(failure),
        "check the address and its port",
        reason);
  }

  /// A message without what could move a terminal, and without the address, which may hold a name.
  private String said(Throwable e) {
    String text = String.valueOf(e.getMessage()).replace(address.text(), address.shown());
    Optional<String> user = address.user();
    return printable(user.isEmpty() ? text : text.replace(user.get() + "@", ""));
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
