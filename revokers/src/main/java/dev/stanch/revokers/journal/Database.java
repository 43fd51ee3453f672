package dev.stanch.revokers.journal;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import org.sqlite.SQLiteConfig;

/// Where a journal lies, and the few words in which the two databases differ.
sealed interface Database {
  /// A connection between transactions; each commit is durable.
  Connection connect() throws SQLException, JournalException;

  /// Begins a transaction that may write.
  void begin(Connection connection) throws SQLException;

  /// Ends it, durably.
  void commit(Connection connection) throws SQLException;

  /// The database's own time in milliseconds, as an expression.
  String now();

  /// What locks the rows of a query until the transaction ends, if that takes words.
  String forUpdate();

  /// A file of this machine.
  record Sqlite(Path file) implements Database {
    private static final int BUSY_MILLIS = 20_000;

    /// SQLite's locks and its write-ahead log do not work over a network.
    private static final Set<String> NETWORK =
        Set.of(
            "nfs",
            "nfs4",
            "cifs",
            "smb",
            "smb2",
            "smb3",
            "smbfs",
            "afs",
            "ceph",
            "glusterfs",
            "lustre",
            "beegfs",
            "9p",
            "davfs",
            "webdav",
            "fuse.sshfs",
            "fuse.glusterfs",
            "fuse.rclone",
            "fuse.davfs2",
            "fuse.s3fs",
            "gfs2",
            "ocfs2",
            "ncpfs");

    @Override
    public Connection connect() throws SQLException, JournalException {
      prepare();
      var config = new SQLiteConfig();
      config.setJournalMode(SQLiteConfig.JournalMode.WAL);
      config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
      config.setBusyTimeout(BUSY_MILLIS);
      return DriverManager.getConnection("jdbc:sqlite:" + file, config.toProperties());
    }

    /// Said by hand: the driver, told not to commit by itself, begins the next transaction at the
    /// end of each and would hold the lock all the time.
    @Override
    public void begin(Connection connection) throws SQLException {
      execute(connection, "BEGIN IMMEDIATE");
    }

    @Override
    public void commit(Connection connection) throws SQLException {
      execute(connection, "COMMIT");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
      try (var statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }

    private void prepare() throws JournalException {
      try {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
          PrivateFile.createFolders(folder);
        }
        try {
          PrivateFile.create(file);
        } catch (FileAlreadyExistsException _) {
          requireOwn();
        }
        String kind = Files.getFileStore(file).type().toLowerCase(Locale.ROOT);
        if (NETWORK.contains(kind)) {
          throw new JournalException(
              "the journal " + file + " would lie on a network file system (" + kind + ")");
        }
      } catch (IOException e) {
        throw new JournalException(
            "the journal " + file + " cannot be made: " + e.getClass().getSimpleName(), e);
      }
    }

    private void requireOwn() throws IOException, JournalException {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new JournalException("the journal " + file + " is not a regular file");
      }
      if (PrivateFile.openToOthers(file)) {
        throw new JournalException("the journal " + file + " can be read by others: chmod 600");
      }
    }

    @Override
    public String now() {
      return "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)";
    }

    @Override
    public String forUpdate() {
      return ""; // a transaction that begins IMMEDIATE is the only one that writes
    }

    @Override
    public String toString() {
      return file.toString();
    }
  }

  /// A server that several responders share. The password comes from PGPASSWORD or ~/.pgpass.
  record Postgres(String url, String password) implements Database {
    @Override
    public Connection connect() throws SQLException {
      var properties = new Properties();
      if (!password.isEmpty()) {
        properties.setProperty("password", password);
      }
      properties.setProperty("ApplicationName", "stanch");
      properties.setProperty("connectTimeout", "10");
      // A journal that does not answer must not hold a lease in the dark for long.
      properties.setProperty("socketTimeout", "20");
      properties.setProperty("tcpKeepAlive", "true");
      Connection connection = DriverManager.getConnection(url, properties);
      connection.setAutoCommit(false);
      try (var statement = connection.createStatement()) {
        statement.execute("SET synchronous_commit = on");
        statement.execute("SET lock_timeout = '15s'");
      }
      connection.commit();
      return connection;
    }

    @Override
    public void begin(Connection connection) {
      // the first statement does
    }

    @Override
    public void commit(Connection connection) throws SQLException {
      connection.commit();
    }

    @Override
    public String now() {
      return "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";
    }

    @Override
    public String forUpdate() {
      return " FOR UPDATE";
    }

    /// Without what may stand in the URL's query.
    @Override
    public String toString() {
      int query = url.indexOf('?');
      return query < 0 ? url : url.substring(0, query);
    }
  }
}
