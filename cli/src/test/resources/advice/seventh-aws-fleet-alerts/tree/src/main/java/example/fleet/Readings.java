package example.fleet;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The latest temperature of each vehicle, as the broker delivers them. */
final class Readings {
  private final Map<String, Double> latest = new ConcurrentHashMap<>();

  void put(String vehicle, double temperature) {
    latest.put(vehicle, temperature);
  }

  Map<String, Double> latest() {
    return Map.copyOf(latest);
  }
}
