package dev.stanch.revokers.run;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.Secret;
import dev.stanch.revokers.spi.ProviderContext;
import dev.stanch.revokers.spi.Sink;
import dev.stanch.revokers.spi.SinkAddress;
import dev.stanch.revokers.spi.SinkKind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// Stores in memory: one kind that can be read, or one that cannot.
final class MemorySinks implements SinkKind {
  /// Whether a store tells what it holds.
  enum Reading {
    OPEN,
    BLIND
  }

  final Map<String, String> values = new ConcurrentHashMap<>();
  final Map<String, Instant> written = new ConcurrentHashMap<>();
  private final String name;
  private final Reading reading;
  private final Kill kill;

  /// What a delivery answers instead of working, by its place.
  final Map<String, Sink.Delivery> faults = new ConcurrentHashMap<>();

  /// What the next delivery answers, by its place.
  final Map<String, Sink.Delivery> once = new ConcurrentHashMap<>();

  boolean byHand;

  /// How long it takes until what uses it has a new value, and a latch that says that it began.
  volatile Duration restart = Duration.ZERO;

  final CountDownLatch restarting = new CountDownLatch(1);

  MemorySinks(String name, Reading reading, Kill kill) {
    this.name = name;
    this.reading = reading;
    this.kill = kill;
  }

  void put(String where, String value) {
    values.put(where, value);
    written.put(where, Instant.parse("2026-01-01T00:00:00Z"));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String usage() {
    return name + ":NAME";
  }

  @Override
  public Sink open(SinkAddress address, ProviderContext context) {
    return new Store(address);
  }

  private static String text(Sink.Value value, RevealPermit permit) {
    return value.secret().reveal(permit, bytes -> new String(bytes, StandardCharsets.US_ASCII));
  }

  private final class Store implements Sink {
    private final SinkAddress address;

    Store(SinkAddress address) {
      this.address = address;
    }

    @Override
    public SinkAddress address() {
      return address;
    }

    @Override
    public State look(Value old, @Nullable Value fresh, RevealPermit permit) {
      String held = values.get(address.where());
      if (held == null) {
        return new State.Missing("no such name");
      }
      if (reading == Reading.BLIND) {
        return new State.WriteOnly(requireNonNull(written.get(address.where())));
      }
      if (held.equals(text(old, permit))) {
        return new State.HoldsOld("");
      }
      return fresh != null && held.equals(text(fresh, permit))
          ? new State.HoldsNew()
          : new State.HoldsOther(List.of(new Secret(held.getBytes(StandardCharsets.US_ASCII))));
    }

    @Override
    public Delivery deliver(Value old, Value fresh, State seen, RevealPermit permit) {
      kill.here();
      Delivery next = once.remove(address.where());
      Delivery scripted = next == null ? faults.get(address.where()) : next;
      if (scripted != null) {
        return scripted;
      }
      values.put(address.where(), text(fresh, permit));
      written.put(address.where(), Instant.now());
      kill.here();
      return new Delivery.Delivered("");
    }

    @Override
    public Activation activate(RevealPermit permit) throws InterruptedException {
      kill.here();
      restarting.countDown();
      Thread.sleep(restart);
      return byHand
          ? new Activation.ByHand(List.of("restart " + address.where()))
          : new Activation.Active("");
    }
  }

  Optional<String> value(String where) {
    return Optional.ofNullable(values.get(where));
  }
}
