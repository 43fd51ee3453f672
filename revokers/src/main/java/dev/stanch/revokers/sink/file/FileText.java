package dev.stanch.revokers.sink.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Arrays;

/// The text of a file, with a character for each byte of it; that of UTF-16 as its UTF-8 would be.
/// So whatever is no ASCII, or no text at all, stays what it is.
final class FileText {
  private static final int HEAD = 8000;

  private final Charset charset;
  private final String text;

  private FileText(Charset charset, String text) {
    this.charset = charset;
    this.text = text;
  }

  /// Reads the content of a file.
  ///
  /// @throws UnwritableException when it is no text
  static FileText of(byte[] content) throws UnwritableException {
    Charset charset = charset(content);
    var read =
        new FileText(
            charset,
            charset.equals(ISO_8859_1)
                ? new String(content, ISO_8859_1)
                : new String(new String(content, charset).getBytes(UTF_8), ISO_8859_1));
    // Half of a surrogate pair would not survive.
    if (!Arrays.equals(read.content(read.text), content)) {
      throw new UnwritableException("its UTF-16 is broken");
    }
    return read;
  }

  private static Charset charset(byte[] content) throws UnwritableException {
    if (content.length >= 2 && content[0] == (byte) 0xff && content[1] == (byte) 0xfe) {
      return UTF_16LE;
    }
    if (content.length >= 2 && content[0] == (byte) 0xfe && content[1] == (byte) 0xff) {
      return UTF_16BE;
    }
    int even = 0;
    int odd = 0;
    int head = Math.min(content.length, HEAD) & ~1;
    for (int i = 0; i < head; i += 2) {
      even += content[i] == 0 ? 1 : 0;
      odd += content[i + 1] == 0 ? 1 : 0;
    }
    if (even == 0 && odd == 0) {
      return ISO_8859_1;
    }
    if (content.length % 2 == 0 && even == 0 && odd > head / 4) {
      return UTF_16LE;
    }
    if (content.length % 2 == 0 && odd == 0 && even > head / 4) {
      return UTF_16BE;
    }
    throw new UnwritableException("it is no text");
  }

  String text() {
    return text;
  }

  /// What the file holds when its text is this one.
  byte[] content(String changed) {
    byte[] bytes = changed.getBytes(ISO_8859_1);
    return charset.equals(ISO_8859_1) ? bytes : new String(bytes, UTF_8).getBytes(charset);
  }

  /// A text as people and programs read it: without a mark at its beginning, and in Latin 1 where
  /// it is no UTF-8.
  static String readable(String text) {
    String read;
    try {
      read = UTF_8.newDecoder().decode(ByteBuffer.wrap(text.getBytes(ISO_8859_1))).toString();
    } catch (CharacterCodingException _) {
      return text;
    }
    return read.startsWith("\ufeff") ? read.substring(1) : read;
  }
}
