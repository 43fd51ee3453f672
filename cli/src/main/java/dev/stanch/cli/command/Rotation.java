package dev.stanch.cli.command;

import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Provenance;
import dev.stanch.revokers.plan.Planner;
import dev.stanch.revokers.plan.Step;
import dev.stanch.revokers.run.Inquiry;
import dev.stanch.revokers.run.Providers;
import dev.stanch.revokers.spi.Rotator;
import dev.stanch.revokers.spi.SinkAddress;
import dev.stanch.revokers.spi.Target;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What a command that plans replacements wants of them.
///
/// @param sinks what the mapping file says
/// @param soak how long old keys live on
/// @param otherwise what is done about tokens that cannot be rotated
/// @param exposed which places everybody can read
record Rotation(SinkFile sinks, Duration soak, Planner.Otherwise otherwise, PublicPlaces exposed) {
  static Rotation of(Wiring wiring, RotationOptions options, Planner.Otherwise otherwise)
      throws UserFault {
    return new Rotation(
        options.sinks(wiring), options.soak(), otherwise, options.publicPlaces(wiring));
  }

  /// Adds to each token that has a key what a replacement of it takes.
  List<Planner.Verified> with(
      List<Planner.Verified> verified, Gathered gathered, Providers providers, Inquiry inquiry)
      throws InterruptedException {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var asked = new ArrayList<Future<Planner.Verified>>();
      for (Planner.Verified one : verified) {
        HeldFinding held = gathered.tokens().get(one.finding().token());
        asked.add(
            threads.submit(
                () ->
                    held != null && one.target() instanceof Target.Located key
                        ? one.rotated(how(held, key, providers, inquiry))
                        : one));
      }
      var all = new ArrayList<Planner.Verified>();
      for (Future<Planner.Verified> each : asked) {
        all.add(each.get());
      }
      return all;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InterruptedException) {
        throw new InterruptedException("asking was interrupted");
      }
      throw new IllegalStateException("asking how to replace a token failed", e.getCause());
    }
  }

  private Planner.Rotation how(
      HeldFinding held, Target.Located key, Providers providers, Inquiry inquiry)
      throws InterruptedException {
    var seen = new ArrayList<Planner.SeenSink>();
    List<SinkAddress> named = sinks.of(held.finding());
    for (SinkAddress where : named) {
      seen.add(inquiry.look(held, where));
    }
    if (providers.sinkKinds().containsKey(Coverage.FILE)) {
      for (SinkAddress where : found(held.finding().places())) {
        Planner.SeenSink look =
            named.contains(where)
                ? new Planner.SeenSink(where, "it is named already", null)
                : inquiry.look(held, where);
        // A path of the history may hold something else by now.
        if (look.problem().isEmpty()) {
          seen.add(look);
        }
      }
    }
    Rotator.Offer offer =
        seen.isEmpty()
            ? new Rotator.Offer.ByHand("there is nothing to write a new one to")
            : inquiry.offer(held, key);
    return new Planner.Rotation(
        offer,
        seen,
        soak,
        otherwise,
        exposed.why(held.finding().places()),
        Coverage.uncovered(
            held.finding().places(), seen.stream().map(Planner.SeenSink::address).toList()));
  }

  /// The files that a rotation writes and that are all places where its old token can be read.
  static Set<Path> onlyPlaces(Step.Rotate rotate) {
    var written = new TreeSet<Path>();
    for (Step.PlannedSink sink : rotate.sinks()) {
      if (sink.address().kind().equals(Coverage.FILE)) {
        written.add(Path.of(sink.address().where()));
      }
    }
    var read = new TreeSet<Path>();
    for (Place place : rotate.subject().places()) {
      Optional<Path> file =
          place.provenance() instanceof Provenance.File of
              ? Coverage.path(of.container(), of.path())
              : Optional.empty();
      if (file.isEmpty() || !written.contains(file.get())) {
        return Set.of();
      }
      read.add(file.get());
    }
    return read;
  }

  /// The files of this machine in which a token was found as it is.
  private static List<SinkAddress> found(List<Place> places) {
    Set<SinkAddress> files = new LinkedHashSet<>();
    for (Place place : places) {
      Coverage.file(place)
          .ifPresent(path -> files.add(new SinkAddress(Coverage.FILE, path.toString(), "")));
    }
    return List.copyOf(files);
  }
}
