package dev.stanch.revokers.provider.aws;

import dev.stanch.revokers.spi.Adviser;
import dev.stanch.revokers.spi.Verification;
import java.util.List;

/// Suggests a role in place of a user's key: nothing that lasts, so nothing that leaks for long.
final class AwsAdviser implements Adviser {
  @Override
  public Advice advise(Verification verification) {
    return new Advice(
        "a role with temporary credentials in place of a user's access key",
        List.of(),
        "https://docs.aws.amazon.com/IAM/latest/UserGuide/best-practices.html",
        List.of(
            "in CI, let the role trust the CI's OpenID Connect provider and assume it with"
                + " sts:AssumeRoleWithWebIdentity",
            "on AWS, attach the role to the instance, function or pod; for people, use IAM Identity"
                + " Center",
            "give the role only the actions that the user's last-accessed data shows"));
  }
}
