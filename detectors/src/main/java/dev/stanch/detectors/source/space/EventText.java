package dev.stanch.detectors.source.space;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/// The text of a log that comes as server-sent events, a line for each, without their times. Holds
/// one event at a time; what is longer than any line of a log comes in pieces.
final class EventText extends InputStream {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_EVENT = 1 << 20;
  private static final byte[] DATA = "data:".getBytes(UTF_8);

  private final InputStream events;
  private final byte[] buffer = new byte[1 << 13];
  private int buffered;
  private int at;
  private byte[] line = {};
  private int next;
  private boolean over;

  EventText(InputStream events) {
    this.events = events;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    while (next == line.length) {
      if (over || !event()) {
        over = true;
        return -1;
      }
    }
    int taken = Math.min(length, line.length - next);
    System.arraycopy(line, next, into, offset, taken);
    next += taken;
    return taken;
  }

  /// Reads the next event that says anything.
  private boolean event() throws IOException {
    while (true) {
      var raw = new ByteArrayOutputStream();
      boolean ended = !rawLine(raw);
      byte[] text = text(raw.toByteArray());
      if (text.length > 0) {
        line = text;
        next = 0;
        return true;
      }
      if (ended) {
        return false;
      }
    }
  }

  /// @return whether more follows
  private boolean rawLine(ByteArrayOutputStream into) throws IOException {
    while (into.size() < LONGEST_EVENT) {
      if (at == buffered) {
        buffered = Math.max(0, events.read(buffer));
        at = 0;
        if (buffered == 0) {
          return false;
        }
      }
      byte one = buffer[at++];
      if (one == '\n') {
        return true;
      }
      if (one != '\r') {
        into.write(one);
      }
    }
    return true;
  }

  private static byte[] text(byte[] event) {
    boolean data = event.length >= DATA.length;
    for (int i = 0; i < DATA.length && data; i++) {
      data = event[i] == DATA[i];
    }
    if (!data) {
      return new byte[0]; // the name or the time of an event, or a comment
    }
    String payload = new String(event, DATA.length, event.length - DATA.length, UTF_8).strip();
    if (payload.isEmpty()) {
      return new byte[0];
    }
    String said = payload;
    try {
      JsonNode json = JSON.readTree(payload);
      said = json.path("data").asText("");
    } catch (JsonProcessingException _) {
      // Not in the documented form: what it says is scanned as it stands.
    }
    return said.isEmpty()
        ? new byte[0]
        : (said.endsWith("\n") ? said : said + "\n").getBytes(UTF_8);
  }

  @Override
  public void close() throws IOException {
    events.close();
  }
}
