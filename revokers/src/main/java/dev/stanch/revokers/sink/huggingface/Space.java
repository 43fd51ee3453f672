package dev.stanch.revokers.sink.huggingface;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.http.Answer;
import dev.stanch.detectors.http.BaseUrl;
import dev.stanch.detectors.http.Method;
import dev.stanch.detectors.http.Outcome;
import dev.stanch.detectors.http.Request;
import dev.stanch.detectors.http.Time;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.Secret;
import dev.stanch.revokers.sink.StoreAnswers;
import dev.stanch.revokers.spi.ProviderContext;
import dev.stanch.revokers.spi.Sink.Activation;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// A Space, as its owner sets it up and restarts it.
final class Space {
  private static final Duration PAUSE = Duration.ofSeconds(2);

  /// A build may take its time.
  private static final Duration LONGEST = Duration.ofMinutes(15);

  /// A restart that shows nowhere for so long was none.
  private static final Duration UNSEEN = Duration.ofMinutes(1);

  private static final Set<String> RESTING = Set.of("PAUSED", "STOPPED", "SLEEPING");
  private static final Set<String> FAILED =
      Set.of("NO_APP_FILE", "CONFIG_ERROR", "BUILD_ERROR", "RUNTIME_ERROR", "DELETING");

  private final BaseUrl hub;
  private final String owner;
  private final String name;
  private final ProviderContext context;
  private final Time time;

  Space(BaseUrl hub, String owner, String name, ProviderContext context, Time time) {
    this.hub = requireNonNull(hub, "hub");
    this.owner = requireNonNull(owner, "owner");
    this.name = requireNonNull(name, "name");
    this.context = requireNonNull(context, "context");
    this.time = requireNonNull(time, "time");
  }

  /// The operator's credential, if there is one.
  Optional<Secret> token() {
    return context.credentials().find(SpaceSetting.TOKEN);
  }

  /// Sends a request about the Space.
  ///
  /// @param path below the Space's own, or nothing
  Outcome send(Method method, String path, Secret token, RevealPermit permit)
      throws InterruptedException {
    return send(request(method, path), token, permit);
  }

  Outcome send(Request request, Secret token, RevealPermit permit) throws InterruptedException {
    return context.http().send(token.reveal(permit, request::bearer));
  }

  Request request(Method method, String path) {
    return Request.of(method, hub, "/api/spaces/{}/{}" + path, owner, name);
  }

  /// Restarts it and waits until it runs.
  Activation restart(Secret token, RevealPermit permit) throws InterruptedException {
    Outcome before = send(Method.GET, "/runtime", token, permit);
    if (!(before instanceof Answer runtime) || runtime.status() != 200) {
      return StoreAnswers.inactive(before, SpaceSetting.TOKEN);
    }
    if (RESTING.contains(stage(runtime))) {
      return new Activation.Active("the Space does not run; it takes the new value when it does");
    }
    Outcome asked = send(Method.POST, "/restart", token, permit);
    if (!(asked instanceof Answer answer) || answer.status() != 200) {
      return StoreAnswers.inactive(asked, SpaceSetting.TOKEN);
    }
    return follow(stage(answer), token, permit);
  }

  /// Waits for a restart to show and to be over.
  private Activation follow(String first, Secret token, RevealPermit permit)
      throws InterruptedException {
    long began = time.nanos();
    String stage = first;
    boolean seen = false;
    while (true) {
      if (FAILED.contains(stage)) {
        return new Activation.Unclear("the Space is " + stage + ": see its logs");
      }
      if (stage.equals("RUNNING") && seen) {
        return new Activation.Active("the Space was restarted and runs");
      }
      // What is unknown to us is no sign of a restart.
      seen |= restarting(stage);
      Duration waited = Duration.ofNanos(time.nanos() - began);
      if (waited.compareTo(seen ? LONGEST : UNSEEN) > 0) {
        return new Activation.Unclear(
            seen
                ? "the Space is " + stage + " after " + waited.toMinutes() + " minutes"
                : "the Space was told to restart and does not show it");
      }
      time.sleep(PAUSE);
      if (send(Method.GET, "/runtime", token, permit) instanceof Answer answer
          && answer.status() == 200) {
        stage = stage(answer);
      }
    }
  }

  private static boolean restarting(String stage) {
    return stage.endsWith("BUILDING") || stage.endsWith("APP_STARTING");
  }

  private static String stage(Answer answer) {
    String stage = answer.value("stage").orElse("");
    return stage.matches("[A-Z_]{1,40}") ? stage : "in an unknown state";
  }

  @Override
  public String toString() {
    return owner + "/" + name;
  }
}
