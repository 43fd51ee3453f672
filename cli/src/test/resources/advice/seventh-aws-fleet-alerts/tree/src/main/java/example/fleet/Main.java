package example.fleet;

import java.util.Map;

/** Reads the vehicles' temperatures once a minute. */
public final class Main {
  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    Thresholds thresholds = new Thresholds();
    Alerts alerts = new Alerts();
    Readings readings = new Readings();
    while (true) {
      double limit = thresholds.current();
      for (Map.Entry<String, Double> reading : readings.latest().entrySet()) {
        if (reading.getValue() > limit) {
          alerts.raise(reading.getKey(), reading.getValue());
        }
      }
      Thread.sleep(60_000);
    }
  }
}
