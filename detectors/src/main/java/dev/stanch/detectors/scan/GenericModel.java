package dev.stanch.detectors.scan;

import dev.stanch.detectors.rule.BuiltInTable;
import java.util.HashMap;
import java.util.Map;

/// The weights of what is known of a generic candidate: a logistic model, fitted on measured data
/// by `benchmarks/detection/fit.py`.
///
/// A feature is a word; its weight is what it adds to the log-odds that the value is a secret.
/// Those that a path adds begin with `path`, so that a text can be judged before its path is known.
final class GenericModel {
  private final Map<String, Double> weights;

  private GenericModel(Map<String, Double> weights) {
    this.weights = weights;
  }

  static GenericModel builtIn() {
    return Holder.MODEL;
  }

  private static final class Holder {
    static final GenericModel MODEL = load();

    private Holder() {}
  }

  private static GenericModel load() {
    var weights = new HashMap<String, Double>();
    for (String line : BuiltInTable.text("generic-model.tsv").split("\n", -1)) {
      int tab = line.indexOf('\t');
      if (tab > 0 && line.charAt(0) != '#') {
        weights.put(line.substring(0, tab), Double.valueOf(line.substring(tab + 1)));
      }
    }
    return new GenericModel(weights);
  }

  /// The log-odds that these features add up to.
  double logit(Iterable<String> features) {
    double sum = 0;
    for (String feature : features) {
      sum += weights.getOrDefault(feature, 0.0);
    }
    return sum;
  }

  static double probability(double logit) {
    return 1 / (1 + Math.exp(-logit));
  }

  static double logit(double probability) {
    double p = Math.clamp(probability, 0.0005, 0.9995);
    return Math.log(p / (1 - p));
  }
}
