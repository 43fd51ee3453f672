package dev.stanch.detectors.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A server that speaks bytes, so that it can misbehave in every way. One script serves each
/// connection; the heads of all requests are kept.
final class LoopbackServer implements AutoCloseable {
  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  private final Script script;

  /// What is done with one request, after its head was read.
  interface Script {
    void serve(Socket socket, OutputStream out, String head) throws Exception;
  }

  LoopbackServer(Script script) throws IOException {
    this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
  }

  LoopbackServer(ServerSocket listener, Script script) {
    this.listener = listener;
    this.script = script;
    threads.execute(this::accept);
  }

  /// A server that answers every request with these bytes and closes.
  static LoopbackServer answering(String bytes) throws IOException {
    return new LoopbackServer((_, out, _) -> out.write(bytes.getBytes(ISO_8859_1)));
  }

  static String answer(String status, String headers, String body) {
    return "HTTP/1.1 "
        + status
        + "\r\n"
        + headers
        + "Content-Length: "
        + body.length()
        + "\r\nConnection: close\r\n\r\n"
        + body;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        sockets.add(socket);
        threads.execute(() -> serve(socket));
      } catch (IOException _) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      String head = head(socket.getInputStream());
      if (!head.isEmpty()) {
        heads.add(head);
        script.serve(socket, socket.getOutputStream(), head);
      }
    } catch (Exception _) {
      // the client went away, or the test is over
    }
  }

  private static String head(InputStream in) throws IOException {
    var head = new StringBuilder();
    int b;
    while (!head.toString().endsWith("\r\n\r\n") && (b = in.read()) >= 0) {
      head.append((char) b);
    }
    return head.toString();
  }

  int port() {
    return listener.getLocalPort();
  }

  BaseUrl url() {
    return BaseUrl.of("http://127.0.0.1:" + port());
  }

  List<String> heads() {
    return List.copyOf(heads);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
    threads.shutdownNow();
  }
}
