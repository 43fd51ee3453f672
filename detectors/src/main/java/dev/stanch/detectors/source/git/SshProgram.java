package dev.stanch.detectors.source.git;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.transport.CredentialsProvider;
import org.eclipse.jgit.transport.RemoteSession;
import org.eclipse.jgit.transport.SshSessionFactory;
import org.eclipse.jgit.transport.URIish;
import org.eclipse.jgit.util.FS;

/// Reaches hosts through the user's own ssh program, with their keys, agent, known hosts and
/// configuration, as git does: `GIT_SSH_COMMAND`, else `GIT_SSH`, else `ssh`.
final class SshProgram extends SshSessionFactory {
  private final Map<String, String> environment;
  private final Advertisement advertisement;

  SshProgram(Map<String, String> environment, Advertisement advertisement) {
    this.advertisement = advertisement;
    this.environment = environment;
  }

  @Override
  public RemoteSession getSession(
      URIish uri, CredentialsProvider credentials, FS files, int timeout) {
    List<String> command = new ArrayList<>(program());
    if (uri.getPort() > 0) {
      command.add("-p");
      command.add(Integer.toString(uri.getPort()));
    }
    command.add(uri.getUser() == null ? uri.getHost() : uri.getUser() + "@" + uri.getHost());
    return new Session(command, environment, advertisement);
  }

  private List<String> program() {
    String line = environment.getOrDefault("GIT_SSH_COMMAND", "");
    if (!line.isEmpty()) {
      return List.of("/bin/sh", "-c", line + " \"$@\"", line);
    }
    String program = environment.getOrDefault("GIT_SSH", "");
    // It must not ask: there may be nobody, or a progress bar in the way.
    return program.isEmpty() ? List.of("ssh", "-oBatchMode=yes") : List.of(program);
  }

  @Override
  public String getType() {
    return "program";
  }

  private record Session(
      List<String> command, Map<String, String> environment, Advertisement advertisement)
      implements RemoteSession {
    @Override
    public Process exec(String remote, int timeout) throws IOException {
      List<String> all = new ArrayList<>(command);
      all.add(remote);
      var builder = new ProcessBuilder(all);
      builder.environment().clear();
      builder.environment().putAll(environment);
      return new Heard(builder.start(), advertisement);
    }

    @Override
    public void disconnect() {
      // The program ends with its streams.
    }
  }

  /// A program whose words are counted.
  private static final class Heard extends Process {
    private final Process process;
    private final InputStream in;

    Heard(Process process, Advertisement advertisement) {
      this.process = process;
      this.in = advertisement.heardFrom(process.getInputStream());
    }

    @Override
    public OutputStream getOutputStream() {
      return process.getOutputStream();
    }

    @Override
    public InputStream getInputStream() {
      return in;
    }

    @Override
    public InputStream getErrorStream() {
      return process.getErrorStream();
    }

    @Override
    public int waitFor() throws InterruptedException {
      return process.waitFor();
    }

    @Override
    public int exitValue() {
      return process.exitValue();
    }

    @Override
    public void destroy() {
      process.destroy();
    }
  }
}
