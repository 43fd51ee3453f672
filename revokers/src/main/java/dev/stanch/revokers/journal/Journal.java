package dev.stanch.revokers.journal;

import dev.stanch.detectors.model.TokenKey;
import dev.stanch.revokers.plan.Plan;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All incidents of one database. Thread-safe; closing closes the connection.
public final class Journal implements AutoCloseable {
  private static final List<String> TABLES =
      List.of(
          """
          CREATE TABLE IF NOT EXISTS stanch_incident (
            id TEXT PRIMARY KEY, created BIGINT NOT NULL, token_key TEXT NOT NULL,
            head_seq BIGINT NOT NULL, head_hash TEXT NOT NULL,
            paused INTEGER NOT NULL, closed INTEGER NOT NULL)
          """,
          """
          CREATE TABLE IF NOT EXISTS stanch_entry (
            incident TEXT NOT NULL, seq BIGINT NOT NULL, body TEXT NOT NULL, hash TEXT NOT NULL,
            PRIMARY KEY (incident, seq))
          """,
          """
          CREATE TABLE IF NOT EXISTS stanch_step (
            incident TEXT NOT NULL, number INTEGER NOT NULL, token TEXT, state TEXT NOT NULL,
            holder TEXT, lease BIGINT NOT NULL, PRIMARY KEY (incident, number))
          """);

  private final Database database;
  private final Session session;
  private final String by;
  private final SecureRandom random;

  private Journal(Database database, String by, SecureRandom random) throws JournalException {
    this.database = database;
    this.session = new Session(database);
    this.by = by;
    this.random = random;
    create();
  }

  /// The journal in a file of this machine, made where there is none.
  ///
  /// @param by who writes: operator, machine and process
  public static Journal inFile(Path file, String by, SecureRandom random) throws JournalException {
    return new Journal(new Database.Sqlite(file), by, random);
  }

  /// The journal in a PostgreSQL database that several responders share.
  ///
  /// @param url `jdbc:postgresql:…`, without a password
  /// @param password or an empty text, where the driver finds it itself
  public static Journal inDatabase(String url, String password, String by, SecureRandom random)
      throws JournalException {
    return new Journal(new Database.Postgres(url, password), by, random);
  }

  private void create() throws JournalException {
    try {
      session.transact(this::tables);
    } catch (JournalException e) {
      session.transact(this::tables); // PostgreSQL: two that create at once hinder each other
    }
  }

  private int tables(Session.Transaction transaction) throws java.sql.SQLException {
    for (String table : TABLES) {
      transaction.update(table);
    }
    return 0;
  }

  /// An incident in a list.
  public record Listed(String id, Instant created, Status status, int steps, int left) {}

  /// How an incident stands.
  public enum Status {
    /// Something is left.
    OPEN,
    /// Somebody asked every process to stop.
    PAUSED,
    /// Nothing is left.
    CLOSED
  }

  /// All incidents, the newest first.
  public List<Listed> list() throws JournalException {
    return session.transact(
        transaction ->
            transaction.query(
                """
                SELECT i.id, i.created, i.paused, i.closed, COUNT(s.number),
                  SUM(CASE WHEN s.state IN ('dead', 'spared', 'restored') THEN 0 ELSE 1 END)
                FROM stanch_incident i LEFT JOIN stanch_step s ON s.incident = i.id
                GROUP BY i.id, i.created, i.paused, i.closed ORDER BY i.created DESC, i.id
                """,
                rows -> {
                  var listed = new ArrayList<Listed>();
                  while (rows.next()) {
                    Status status =
                        rows.getInt(4) != 0
                            ? Status.CLOSED
                            : rows.getInt(3) != 0 ? Status.PAUSED : Status.OPEN;
                    int steps = rows.getInt(5);
                    listed.add(
                        new Listed(
                            rows.getString(1),
                            Instant.ofEpochMilli(rows.getLong(2)),
                            status,
                            steps,
                            steps == 0 ? 0 : rows.getInt(6)));
                  }
                  return listed;
                }));
  }

  /// A new incident with these steps, all of it or nothing.
  ///
  /// @param id a [#name] that nobody has
  /// @param key names its tokens
  /// @param spool where standard input is kept, or null
  public Incident open(
      String id,
      Plan plan,
      String reason,
      byte[] key,
      List<JournalEntry.Added> steps,
      JournalEntry.@Nullable Spooled spool)
      throws JournalException {
    session.transact(
        transaction -> {
          transaction.update(
              "INSERT INTO stanch_incident VALUES (?, ?, ?, 0, ?, 0, 0)",
              id,
              transaction.now(),
              HexFormat.of().formatHex(key),
              Chain.start(id));
          var chain = Chain.lock(transaction, id, by);
          chain.append(new JournalEntry.Opened(plan.hash(), plan.createdAt(), reason));
          if (spool != null) {
            chain.append(spool);
          }
          for (JournalEntry.Added added : steps) {
            chain.append(added);
            transaction.update(
                "INSERT INTO stanch_step VALUES (?, ?, ?, ?, NULL, 0)",
                id,
                added.number(),
                added.token() == null ? null : added.token().value(),
                added.state().kind().label());
          }
          chain.write();
          return 0;
        });
    return find(id).orElseThrow(() -> new JournalException("the incident is gone"));
  }

  /// The incident of a name, or of the beginning of one that fits no other.
  public Optional<Incident> find(String id) throws JournalException {
    return session.transact(
        transaction ->
            transaction.query(
                "SELECT id, token_key FROM stanch_incident WHERE substr(id, 1, ?) = ?",
                rows -> {
                  if (!rows.next()) {
                    return Optional.empty();
                  }
                  String full = rows.getString(1);
                  var key = HexFormat.of().parseHex(rows.getString(2));
                  if (rows.next()) {
                    throw new JournalException("more than one incident begins with " + id);
                  }
                  return Optional.of(new Incident(full, new TokenKey(key), session, by));
                },
                id.length(),
                id));
  }

  /// A name for a new incident.
  public String name() {
    var text = new StringBuilder("i");
    String letters = "abcdefghijkmnpqrstuvwxyz23456789";
    for (int i = 0; i < 8; i++) {
      text.append(letters.charAt(random.nextInt(letters.length())));
    }
    return text.toString();
  }

  /// Where it lies, for people.
  @Override
  public String toString() {
    return database.toString();
  }

  @Override
  public void close() {
    session.close();
  }
}
