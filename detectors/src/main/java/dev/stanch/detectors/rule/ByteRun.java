package dev.stanch.detectors.rule;

/// `min` to `max` bytes of a set.
record ByteRun(ByteSet set, int min, int max) {}
