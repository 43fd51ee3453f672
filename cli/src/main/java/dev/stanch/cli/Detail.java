package dev.stanch.cli;

/// How much of an internal error is shown.
enum Detail {
  /// Its kind and the place in our code.
  SHORT,
  /// The frames, without messages: those of libraries may quote what they were reading.
  FRAMES,
  /// Everything; only where the environment variable `STANCH_DEBUG` is set.
  FULL
}
