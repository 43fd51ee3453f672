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
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

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

  /// What a failure means to a person, and what to do then.
  Trouble trouble(SQLException failure);

  /// A failure in words.
  ///
  /// @param what goes on with the journal's name
  record Trouble(String what, String hint) {
    private static final String RESUME =
        "no call is made without the journal; stanch incident resume goes on where it stands";

    static Trouble of(String what) {
      return new Trouble(what, RESUME);
    }

    static Trouble of(String what, String remedy) {
      return new Trouble(what, remedy + "; then stanch incident resume goes on where it stands");
    }

    /// A failure that nothing better is known of.
    static Trouble unknown(SQLException failure) {
      String state = failure.getSQLState();
      return of(
          "failed: " + failure.getClass().getSimpleName() + (state == null ? "" : " " + state));
    }
  }

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
              "the journal " + file + " would lie on a network file system (" + kind + ")",
              "name a folder of this machine, XDG_STATE_HOME, or a database with --journal",
              null);
        }
      } catch (IOException e) {
        throw new JournalException(
            "the journal " + file + " cannot be made: " + e.getClass().getSimpleName(),
            "make its folder writable, make room, or name another one, XDG_STATE_HOME",
            e);
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
    public Trouble trouble(SQLException failure) {
      if (!(failure instanceof SQLiteException sqlite)) {
        return Trouble.unknown(failure);
      }
      return switch (primary(sqlite.getResultCode())) {
        case SQLITE_FULL -> Trouble.of("cannot grow: the disk is full", "make room");
        case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN ->
            Trouble.of(
                "cannot be written",
                "make its folder writable or name another one, XDG_STATE_HOME");
        case SQLITE_BUSY, SQLITE_LOCKED ->
            Trouble.of(
                "is held by another process for over " + BUSY_MILLIS / 1000 + " seconds",
                "see which one stands still");
        case SQLITE_IOERR -> Trouble.of("cannot be read or written: the disk fails");
        case SQLITE_CORRUPT, SQLITE_NOTADB ->
            new Trouble(
                "is damaged",
                "keep a copy and move it away; stanch incident recover --plan FILE makes it anew");
        default -> Trouble.of("failed: " + sqlite.getResultCode());
      };
    }

    /// An extended code holds its plain one in the lowest byte.
    private static SQLiteErrorCode primary(SQLiteErrorCode code) {
      return SQLiteErrorCode.getErrorCode(code.code & 0xff);
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

    @Override
    public Trouble trouble(SQLException failure) {
      String state = String.valueOf(failure.getSQLState());
      return switch (state) {
        case "28000", "28P01" ->
            Trouble.of("does not let us in", "set PGPASSWORD or write it to ~/.pgpass");
        case "3D000" -> Trouble.of("does not exist", "create the database");
        case "42501" ->
            Trouble.of("cannot be written", "grant the user CREATE on the schema, once");
        case "25006" -> Trouble.of("cannot be written: it is a standby", "name the primary");
        case "53100" -> Trouble.of("cannot grow: the server's disk is full", "make room");
        case "57P01", "57P02", "57P03" ->
            Trouble.of("was lost: the server shuts down or starts", "wait until it runs");
        case "55P03" ->
            Trouble.of(
                "is held by another process for over 15 seconds", "see which one stands still");
        default ->
            state.startsWith("08")
                ? Trouble.of("was lost: no connection to the server", "see that it runs")
                : Trouble.unknown(failure);
      };
    }

    /// Without what may stand in the URL's query.
    @Override
    public String toString() {
      int query = url.indexOf('?');
      return query < 0 ? url : url.substring(0, query);
    }
  }
}
