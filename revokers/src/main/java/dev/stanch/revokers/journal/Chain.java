package dev.stanch.revokers.journal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;

/// The end of an incident's list inside one transaction: each entry's hash covers the one before.
final class Chain {
  private final Session.Transaction transaction;
  private final String incident;
  private final String by;
  private final Instant now;
  private long seq;
  private String head;

  private Chain(
      Session.Transaction transaction,
      String incident,
      String by,
      Instant now,
      long seq,
      String head) {
    this.transaction = transaction;
    this.incident = incident;
    this.by = by;
    this.now = now;
    this.seq = seq;
    this.head = head;
  }

  /// What the first entry follows.
  static String start(String incident) {
    return hash("stanch journal 1", incident);
  }

  static String hash(String before, String body) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256")
                  .digest((before + "\n" + body).getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// Locks the incident, so that entries have one order.
  static Chain lock(Session.Transaction transaction, String incident, String by)
      throws SQLException, JournalException {
    return transaction.query(
        "SELECT head_seq, head_hash FROM stanch_incident WHERE id = ?"
            + transaction.database().forUpdate(),
        rows -> {
          if (!rows.next()) {
            throw new JournalException("no incident " + incident);
          }
          return new Chain(
              transaction,
              incident,
              by,
              Instant.ofEpochMilli(transaction.now()),
              rows.getLong(1),
              rows.getString(2));
        },
        incident);
  }

  void append(JournalEntry entry) throws SQLException {
    seq++;
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.put("seq", seq).put("at", now.toString()).put("by", by);
    body.setAll(entry.json());
    String text = body.toString();
    head = hash(head, text);
    transaction.update("INSERT INTO stanch_entry VALUES (?, ?, ?, ?)", incident, seq, text, head);
  }

  /// Makes the last entry the head.
  void write() throws SQLException {
    transaction.update(
        "UPDATE stanch_incident SET head_seq = ?, head_hash = ? WHERE id = ?", seq, head, incident);
  }
}
