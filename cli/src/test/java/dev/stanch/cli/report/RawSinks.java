package dev.stanch.cli.report;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.Secret;
import dev.stanch.revokers.spi.ProviderContext;
import dev.stanch.revokers.spi.Sink;
import dev.stanch.revokers.spi.SinkAddress;
import dev.stanch.revokers.spi.SinkKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Stores for tests, each a file that holds one value and nothing else: `raw:/PATH`.
public final class RawSinks implements SinkKind {
  /// Found by `ServiceLoader`.
  public RawSinks() {}

  @Override
  public String name() {
    return "raw";
  }

  @Override
  public String usage() {
    return "raw:/PATH";
  }

  @Override
  public Sink open(SinkAddress address, ProviderContext context) {
    return new Raw(address, Path.of(address.where()));
  }

  private record Raw(SinkAddress address, Path file) implements Sink {
    private static String text(Value value, RevealPermit permit) {
      return value.secret().reveal(permit, bytes -> new String(bytes, ISO_8859_1));
    }

    @Override
    public State look(Value old, @Nullable Value fresh, RevealPermit permit) {
      try {
        String held = Files.readString(file, ISO_8859_1);
        if (held.equals(text(old, permit))) {
          return new State.HoldsOld("");
        }
        return fresh != null && held.equals(text(fresh, permit))
            ? new State.HoldsNew()
            : new State.HoldsOther(List.of(new Secret(held.getBytes(ISO_8859_1))));
      } catch (NoSuchFileException _) {
        return new State.Missing("there is no such file");
      } catch (IOException e) {
        return new State.Unclear(e.getClass().getSimpleName());
      }
    }

    @Override
    public Delivery deliver(Value old, Value fresh, State seen, RevealPermit permit) {
      try {
        Files.writeString(file, text(fresh, permit), ISO_8859_1);
        return new Delivery.Delivered("");
      } catch (IOException e) {
        return new Delivery.Unclear(e.getClass().getSimpleName());
      }
    }

    /// A name that ends in `.manual` is one that only a person can restart.
    @Override
    public Activation activate(RevealPermit permit) {
      return file.toString().endsWith(".manual")
          ? new Activation.ByHand(List.of("restart what reads " + file.getFileName()))
          : new Activation.Active("");
    }
  }
}
