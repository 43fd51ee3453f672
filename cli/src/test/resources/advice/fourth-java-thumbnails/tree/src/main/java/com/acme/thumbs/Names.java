package com.acme.thumbs;

/** Where things are. */
final class Names {

  static final String QUEUE_URL = "https://sqs.eu-west-1.amazonaws.com/310029384756/thumbnail-jobs";
  static final String UPLOADS = "acme-uploads";
  static final String THUMBS = "acme-thumbs";
  static final String STATUS_TABLE =
      System.getenv().getOrDefault("STATUS_TABLE", "thumbnail-status");

  private Names() {}
}
