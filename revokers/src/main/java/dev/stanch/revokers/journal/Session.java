package dev.stanch.revokers.journal;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// One connection, used by one thread at a time. After a failure the next transaction gets a new
/// one.
final class Session implements AutoCloseable {
  private final Database database;
  private @Nullable Connection connection;

  Session(Database database) {
    this.database = requireNonNull(database, "database");
  }

  /// Something to do in one transaction.
  @FunctionalInterface
  interface Work<T> {
    T run(Transaction transaction) throws SQLException, JournalException;
  }

  /// Does `work` and makes it durable; nothing of it stays when it fails.
  synchronized <T> T transact(Work<T> work) throws JournalException {
    try {
      Connection open = connection;
      if (open == null) {
        open = database.connect();
        connection = open;
      }
      database.begin(open);
      T result = work.run(new Transaction(open, database));
      database.commit(open);
      return result;
    } catch (SQLException e) {
      drop();
      Database.Trouble trouble = database.trouble(e);
      throw new JournalException(
          "the journal " + database + " " + trouble.what(), trouble.hint(), e);
    } catch (JournalException | RuntimeException e) {
      drop();
      throw e;
    }
  }

  /// Closing rolls back.
  private void drop() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException _) {
        // it is not used again
      }
    }
  }

  @Override
  public synchronized void close() {
    drop();
  }

  /// What can be done inside a transaction.
  record Transaction(Connection connection, Database database) {
    int update(String sql, @Nullable Object... values) throws SQLException {
      try (PreparedStatement statement = prepare(sql, values)) {
        return statement.executeUpdate();
      }
    }

    /// Reads one row at a time.
    <T> T query(String sql, Rows<T> rows, @Nullable Object... values)
        throws SQLException, JournalException {
      try (PreparedStatement statement = prepare(sql, values);
          ResultSet result = statement.executeQuery()) {
        return rows.read(result);
      }
    }

    long now() throws SQLException, JournalException {
      return query(
          "SELECT " + database.now(),
          rows -> {
            rows.next();
            return rows.getLong(1);
          });
    }

    private PreparedStatement prepare(String sql, @Nullable Object... values) throws SQLException {
      PreparedStatement statement = connection.prepareStatement(sql);
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      return statement;
    }
  }

  /// What to make of a result.
  @FunctionalInterface
  interface Rows<T> {
    T read(ResultSet rows) throws SQLException, JournalException;
  }
}
