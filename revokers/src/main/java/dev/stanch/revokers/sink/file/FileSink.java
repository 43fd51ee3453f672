package dev.stanch.revokers.sink.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.Part;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.Secret;
import dev.stanch.detectors.source.SourceException;
import dev.stanch.detectors.source.git.GitRepository;
import dev.stanch.detectors.source.git.TrackedFiles;
import dev.stanch.revokers.spi.Sink;
import dev.stanch.revokers.spi.SinkAddress;
import java.io.IOException;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A file: the value is replaced wherever it stands in it. Tokens of several steps may stand in one
/// file, so what counts as its version is in how many places this one does.
final class FileSink implements Sink {
  private static final Pattern RUN = Pattern.compile("[A-Za-z0-9_+/=:.,~@%-]{8,}+");
  private static final int SHORTEST = 8;
  private static final int MOST_WORDS = 20_000;
  private static final int MOST_PIECES = 12;

  private final SinkAddress address;
  private final Path path;
  private final TextFile file;
  private final FileFormat format;
  private final Lock lock;

  /// @param lock held while any file is changed
  FileSink(SinkAddress address, Path path, Lock lock) {
    this.address = requireNonNull(address, "address");
    this.path = path.normalize();
    this.file = new TextFile(this.path);
    this.format = FileFormat.of(String.valueOf(this.path.getFileName()));
    this.lock = lock;
  }

  @Override
  public SinkAddress address() {
    return address;
  }

  @Override
  public State look(Value old, @Nullable Value fresh, RevealPermit permit) {
    try {
      String text = FileText.of(file.read()).text();
      String wanted = secret(old, permit);
      int places = Occurrence.of(text, wanted).size();
      if (places > 0) {
        file.rehearse();
        new Rewriter(format, wanted, alike(wanted)).rewrite(text);
        return new State.HoldsOld(Integer.toString(places));
      }
      if (Rewriter.reads(format, text, wanted)) {
        return new State.Unclear("it holds the old value in a spelling that nobody replaces");
      }
      return fresh != null && holds(text, secret(fresh, permit))
          ? new State.HoldsNew()
          : new State.HoldsOther(words(text));
    } catch (NoSuchFileException _) {
      return new State.Missing("there is no such file");
    } catch (UnwritableException e) {
      return new State.Unclear(e.reason());
    } catch (IOException e) {
      return new State.Unclear(reason(e));
    }
  }

  private boolean holds(String text, String value) {
    return !Occurrence.of(text, value).isEmpty() || Rewriter.reads(format, text, value);
  }

  /// What may be a value, in a text without the one that it should hold.
  private static List<Secret> words(String text) {
    var words = new LinkedHashSet<String>();
    for (Matcher run = RUN.matcher(text); run.find() && words.size() < MOST_WORDS; ) {
      String[] pieces = run.group().split("(?<=[=:/@])|(?=[:/@])", -1);
      for (int from = 0; from < Math.min(pieces.length, MOST_PIECES); from++) {
        var word = new StringBuilder();
        for (int to = from; to < Math.min(pieces.length, MOST_PIECES); to++) {
          word.append(pieces[to]);
          if (word.length() >= SHORTEST) {
            words.add(word.toString());
          }
        }
      }
    }
    return words.stream().map(word -> new Secret(word.getBytes(ISO_8859_1))).toList();
  }

  /// Another value of the same letters and digits: a place that does not take it takes no
  /// replacement.
  private static String alike(String value) {
    var text = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      text.append(
          switch (c) {
            case 'z' -> 'y';
            case 'Z' -> 'Y';
            case '9' -> '8';
            default -> Character.isLetterOrDigit(c) && c < 0x7f ? (char) (c + 1) : c;
          });
    }
    return text.toString();
  }

  @Override
  public Delivery deliver(Value old, Value fresh, State seen, RevealPermit permit)
      throws InterruptedException {
    if (!(seen instanceof State.HoldsOld(var version))) {
      return new Delivery.Changed("it did not hold the old value");
    }
    lock.lockInterruptibly();
    try {
      file.edit(content -> changed(content, old, fresh, version, permit));
      return new Delivery.Delivered(
          version.equals("1") ? "in 1 place" : "in " + version + " places");
    } catch (ChangedException e) {
      return new Delivery.Changed(e.reason());
    } catch (UnwritableException e) {
      return new Delivery.Refused(e.reason());
    } catch (NoSuchFileException _) {
      return new Delivery.Changed("there is no such file any more");
    } catch (OverlappingFileLockException _) {
      return new Delivery.Refused("it is being written by another");
    } catch (IOException e) {
      return new Delivery.Unclear(reason(e));
    } finally {
      lock.unlock();
    }
  }

  private byte[] changed(
      byte[] content, Value old, Value fresh, String version, RevealPermit permit)
      throws UnwritableException {
    FileText read = FileText.of(content);
    String from = secret(old, permit);
    String to = secret(fresh, permit);
    int places = Occurrence.of(read.text(), from).size();
    if (places == 0 && holds(read.text(), to)) {
      return content;
    }
    if (!version.equals(Integer.toString(places))) {
      throw new ChangedException(
          "the old value stands in " + places + " places of it, and stood in " + version);
    }
    String text = new Rewriter(format, from, to).rewrite(read.text());
    for (Part part : old.parts()) {
      for (Part by : fresh.parts()) {
        if (part.name().equals(by.name()) && !part.value().equals(by.value())) {
          text = new Rewriter(format, bytes(part.value()), bytes(by.value())).rewrite(text);
        }
      }
    }
    return read.content(text);
  }

  /// A file that is not as it was seen.
  private static final class ChangedException extends UnwritableException {
    private static final long serialVersionUID = 1;

    ChangedException(String reason) {
      super(reason);
    }
  }

  private static String secret(Value value, RevealPermit permit) {
    return value.secret().reveal(permit, bytes -> new String(bytes, ISO_8859_1));
  }

  private static String bytes(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), ISO_8859_1);
  }

  private static String reason(IOException failure) {
    return switch (failure) {
      case AccessDeniedException _ -> "permission denied";
      default -> "it could not be read or written: " + failure.getClass().getSimpleName();
    };
  }

  @Override
  public Activation activate(RevealPermit permit) {
    var steps = new ArrayList<String>();
    steps.add("restart what reads " + path);
    if (tracked()) {
      steps.add(
          "git tracks " + path + ": do not commit the new value, have it read from elsewhere");
    }
    return new Activation.ByHand(List.copyOf(steps));
  }

  private boolean tracked() {
    Path folder = Objects.requireNonNull(path.getParent(), "a file stands in a folder");
    try {
      GitRepository repository = GitRepository.find(folder, Map.of());
      Path top = repository.workTree().orElse(null);
      return top != null
          && path.startsWith(top)
          && TrackedFiles.of(repository).holds(bytes(top.relativize(path).toString()));
    } catch (SourceException _) {
      return false; // no repository
    }
  }
}
