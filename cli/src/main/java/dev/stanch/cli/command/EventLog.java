package dev.stanch.cli.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stanch.cli.ExitCode;
import dev.stanch.cli.UserFault;
import dev.stanch.cli.Wiring;
import dev.stanch.detectors.model.Severity;
import dev.stanch.revokers.journal.StepState;
import dev.stanch.revokers.plan.Step;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One line of JSON for each detection and each action, in the shape that OCSF gives to detection
/// findings (2004) and remediation activities (7001). Ids only. Thread-safe.
final class EventLog implements AutoCloseable {
  private static final int DETECTION = 2004;
  private static final int REMEDIATION = 7001;

  private final @Nullable PrintWriter out;
  private final Target target;

  /// Where the lines go.
  private enum Target {
    NOWHERE,
    STANDARD_OUTPUT,
    FILE,
    /// One that an earlier run began to write.
    BEGUN_FILE
  }

  private EventLog(@Nullable PrintWriter out, Target target) {
    this.out = out;
    this.target = target;
  }

  static EventLog open(Wiring wiring, RunOptions options) throws UserFault {
    if (options.eventsToStandardOutput()) {
      return new EventLog(wiring.console().out(), Target.STANDARD_OUTPUT);
    }
    Path file = options.eventsFile().orElse(null);
    if (file == null) {
      return new EventLog(null, Target.NOWHERE);
    }
    Path path = wiring.console().environment().folder().resolve(file);
    try {
      boolean begun = Files.isRegularFile(path) && Files.size(path) > 0;
      return new EventLog(
          new PrintWriter(
              Files.newBufferedWriter(
                  path,
                  StandardCharsets.UTF_8,
                  StandardOpenOption.CREATE,
                  StandardOpenOption.APPEND)),
          begun ? Target.BEGUN_FILE : Target.FILE);
    } catch (IOException e) {
      throw UserFault.of(
          ExitCode.USAGE,
          "cannot write " + file + ": " + e.getClass().getSimpleName(),
          "check the folder, its permissions and the space left");
    }
  }

  /// A step of the incident; a file that an earlier run began to write knows it already.
  void found(String incident, int number, Step step, Instant at) {
    if (target == Target.BEGUN_FILE) {
      return;
    }
    ObjectNode event = event(DETECTION, 2, 1, at);
    event.put("severity_id", severity(step.subject().severity()));
    event
        .putObject("finding_info")
        .put("uid", step.subject().token().value())
        .put("title", step.subject().rule());
    resource(event, incident, number, step);
    event.put("message", step.subject().verdict());
    write(event);
  }

  void moved(String incident, int number, Step step, StepState state, Instant at) {
    ObjectNode event = event(REMEDIATION, 7, activity(state), at);
    event.put("severity_id", 1);
    event.put("command_uid", incident + "/" + number);
    event.put("status_id", status(state));
    event.put("status_detail", state.kind().label());
    resource(event, incident, number, step);
    write(event);
  }

  private static ObjectNode event(int type, int category, int activity, Instant at) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("class_uid", type);
    event.put("category_uid", category);
    event.put("activity_id", activity);
    event.put("type_uid", type * 100 + activity);
    event.put("time", at.toEpochMilli());
    ObjectNode metadata = event.putObject("metadata");
    metadata.put("version", "1.4.0");
    metadata.putObject("product").put("name", "Stanch").put("version", Wiring.version());
    return event;
  }

  private static void resource(ObjectNode event, String incident, int number, Step step) {
    event.putObject("unmapped").put("incident", incident).put("step", number);
    event
        .putArray("resources")
        .addObject()
        .put("type", "token")
        .put("uid", step.subject().token().value())
        .put("namespace", step.subject().provider().value());
  }

  /// 1 isolate, 2 evict, 3 restore; 0 where nothing of it has happened.
  private static int activity(StepState state) {
    return switch (state) {
      case StepState.Contained _ -> 1;
      case StepState.Intent _, StepState.Called _, StepState.RevokedUnproven _, StepState.Dead _ ->
          2;
      case StepState.Restored _ -> 3;
      case StepState.Planned _,
          StepState.HandedOver _,
          StepState.Minting _,
          StepState.Minted _,
          StepState.Delivering _,
          StepState.Delivered _,
          StepState.Activated _,
          StepState.Verified _,
          StepState.Revoked _,
          StepState.Refused _,
          StepState.NeedsToken _,
          StepState.Guided _,
          StepState.Parked _,
          StepState.Withheld _,
          StepState.Spared _,
          StepState.Replaced _ ->
          0;
    };
  }

  private static int status(StepState state) {
    return state.kind().settled() || state.kind() == StepState.Kind.CONTAINED
        ? 1
        : state.kind() == StepState.Kind.REFUSED ? 2 : 0;
  }

  private static int severity(Severity severity) {
    return switch (severity) {
      case LOW -> 2;
      case MEDIUM -> 3;
      case HIGH -> 4;
      case CRITICAL -> 5;
    };
  }

  private synchronized void write(ObjectNode event) {
    if (out != null) {
      out.println(event);
      out.flush();
    }
  }

  @Override
  public void close() {
    if (out != null && target != Target.STANDARD_OUTPUT) {
      out.close();
    }
  }
}
