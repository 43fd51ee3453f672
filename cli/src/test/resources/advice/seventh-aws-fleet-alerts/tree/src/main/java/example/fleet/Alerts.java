package example.fleet;

import software.amazon.awssdk.services.sns.SnsClient;

/** Publishes one message for each vehicle that is too hot. */
final class Alerts {
  private static final String TOPIC = System.getenv("ALERT_TOPIC");

  private final SnsClient sns = SnsClient.create();

  void raise(String vehicle, double temperature) {
    String text = "%s is at %.1f degrees".formatted(vehicle, temperature);
    sns.publish(request -> request.topicArn(TOPIC).subject("Fleet").message(text));
  }
}
