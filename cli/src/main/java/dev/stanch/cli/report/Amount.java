package dev.stanch.cli.report;

/// Amounts as people read them.
public final class Amount {
  private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB"};

  private Amount() {}

  /// Bytes in powers of 1000, as disks and networks count: `17 B`, `1.2 MB`.
  public static String bytes(long bytes) {
    if (bytes < 1000) {
      return bytes + " B";
    }
    double value = bytes / 1000.0;
    int unit = 0;
    while (value >= 999.95 && unit < UNITS.length - 1) {
      value /= 1000;
      unit++;
    }
    return decimal(value, 1) + " " + UNITS[unit];
  }

  /// A number of zero or more with a fixed count of decimals. `String.format` would cost a hook
  /// milliseconds.
  public static String decimal(double value, int decimals) {
    long scale = (long) Math.pow(10, decimals);
    long scaled = Math.round(value * scale);
    String fraction = Long.toString(scaled % scale);
    return scaled / scale + "." + "0".repeat(decimals - fraction.length()) + fraction;
  }
}
