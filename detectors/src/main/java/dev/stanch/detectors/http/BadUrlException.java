package dev.stanch.detectors.http;

/// A base URL that cannot be used. The message says why and never repeats the URL: people put
/// passwords into it.
public final class BadUrlException extends Exception {
  private static final long serialVersionUID = 1;

  BadUrlException(String why) {
    super(why);
  }
}
