package dev.stanch.detectors.http;

/// What a request asks for.
public enum Method {
  GET,
  HEAD,
  POST,
  PUT,
  PATCH,
  DELETE;

  /// Whether it changes nothing by definition, so that it may be sent again.
  boolean safe() {
    return this == GET || this == HEAD;
  }
}
