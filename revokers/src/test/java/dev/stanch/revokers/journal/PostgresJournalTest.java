package dev.stanch.revokers.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.security.SecureRandom;
import java.sql.DriverManager;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

final class PostgresJournalTest extends JournalContract {
  private static PostgresServer server;

  @BeforeAll
  static void startServer() throws Exception {
    server = PostgresServer.start().orElse(null);
    assumeTrue(server != null, "PostgreSQL is not installed, or nobody may run it here");
  }

  @AfterAll
  static void stopServer() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  @Override
  Journal open() throws Exception {
    return Journal.inDatabase(server.url(), "", "ann@desk/1", new SecureRandom());
  }

  @Override
  String url() {
    return server.url();
  }

  @Test
  void aCutConnectionIsAFaultAndTheNextTransactionGetsANewOne() throws Exception {
    try (Journal journal = open()) {
      var plan = plan(1);
      Incident incident = journal.open(journal.name(), plan, "", new byte[32], steps(plan), null);
      incident.claim("me", List.of(1));
      try (var connection = DriverManager.getConnection(url());
          var statement = connection.createStatement()) {
        statement.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                + " WHERE application_name = 'stanch'");
      }
      assertThatThrownBy(() -> incident.mayCall("me", List.of(1)))
          .isInstanceOf(JournalException.class);
      assertThat(incident.mayCall("me", List.of(1))).isTrue();
    }
  }
}
