package dev.stanch.revokers.provider.aws;

import dev.stanch.detectors.http.Time;
import dev.stanch.detectors.model.HeldFinding;
import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.revokers.spi.Identity;
import dev.stanch.revokers.spi.Verification;
import dev.stanch.revokers.spi.Verification.Retry;
import dev.stanch.revokers.spi.Verifier;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Asks `sts:GetCallerIdentity`, in each partition until one knows the key.
final class AwsVerifier implements Verifier {
  /// AWS has been seen to refuse a right signature within about five seconds of a call with the
  /// same key id and another secret.
  static final Duration SPACING = Duration.ofSeconds(6);

  private final Query query;
  private final List<Partition> partitions;
  private final Time time;
  private final Map<String, Asked> last = new ConcurrentHashMap<>();

  private record Asked(int mark, long nanos) {}

  AwsVerifier(Query query, List<Partition> partitions, Time time) {
    this.query = query;
    this.partitions = List.copyOf(partitions);
    this.time = time;
  }

  @Override
  public Verification verify(HeldFinding token, RevealPermit permit) throws InterruptedException {
    AccessKey key = AccessKey.of(token, permit).orElse(null);
    if (key == null) {
      return new Verification.NotChecked("an access key is asked about with its id and its secret");
    }
    if (AccessKey.temporary(key.id())) {
      return new Verification.NotChecked(
          "a temporary key is asked about with its session token, which is not known");
    }
    space(key);
    Verification first = everywhere(key);
    if (!first.dead()) {
      return first;
    }
    // A refusal counts when it comes twice.
    time.sleep(SPACING);
    return everywhere(key);
  }

  private void space(AccessKey key) throws InterruptedException {
    Asked before = last.get(key.id());
    if (before != null && before.mark() != key.mark()) {
      Duration passed = Duration.ofNanos(time.nanos() - before.nanos());
      if (passed.compareTo(SPACING) < 0) {
        time.sleep(SPACING.minus(passed));
      }
    }
    last.put(key.id(), new Asked(key.mark(), time.nanos()));
  }

  private Verification everywhere(AccessKey key) throws InterruptedException {
    Verification worst = new Verification.Dead("unknown, deleted or switched off");
    for (Partition partition : partitions) {
      switch (query.whoIs(partition, key)) {
        case Reply.Told told -> {
          return live(told, key);
        }
        case Reply.Fault fault -> {
          if (fault.code().equals("SignatureDoesNotMatch") && !fault.skewed()) {
            return new Verification.Dead("not the secret of its key id");
          }
          if (!fault.code().equals("InvalidClientTokenId")) {
            worst = doubtful(fault);
          }
        }
        case Reply.Nothing(var outcome) ->
            worst =
                new Verification.Unknown(
                    outcome.reason(), outcome.retryable() ? Retry.LATER : Retry.NEVER);
      }
    }
    return worst;
  }

  private static Verification doubtful(Reply.Fault fault) {
    if (fault.skewed()) {
      return new Verification.Unknown(
          "the clock of this machine is too far off for a signature", Retry.LATER);
    }
    return new Verification.Unknown(
        fault.reason(), fault.throttled() || fault.status() >= 500 ? Retry.LATER : Retry.NEVER);
  }

  private static Verification live(Reply.Told told, AccessKey key) {
    String arn = told.text("Arn").orElse(null);
    String account = told.text("Account").orElse(null);
    return arn == null || account == null
        ? new Verification.Unknown("an answer without an account", Retry.NEVER)
        : new Verification.Live(new Identity(arn, account, key.id(), List.of(), null, null, null));
  }

  @Override
  public Control control() throws InterruptedException {
    return switch (query.anonymous(partitions.getFirst())) {
      case Reply.Fault fault ->
          fault.code().equals("MissingAuthenticationToken")
              ? new Control.Genuine()
              : new Control.Suspect("a call without a key is refused otherwise than documented");
      case Reply.Told _ -> new Control.Suspect("a call without a key is accepted");
      case Reply.Nothing(var outcome) ->
          outcome.sent() && !outcome.retryable()
              ? new Control.Suspect("not an answer of AWS: " + outcome.reason())
              : new Control.NoAnswer(outcome.reason());
    };
  }
}
