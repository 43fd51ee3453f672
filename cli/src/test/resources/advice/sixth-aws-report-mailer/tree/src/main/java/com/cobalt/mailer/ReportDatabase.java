package com.cobalt.mailer;

import java.math.BigDecimal;
import java.time.YearMonth;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;

@Component
class ReportDatabase {
  private static final String SECRET = "mailer/reporting-db";

  private final JdbcTemplate jdbc;

  ReportDatabase(SecretsManagerClient secrets) {
    var request = GetSecretValueRequest.builder().secretId(SECRET).build();
    String password = secrets.getSecretValue(request).secretString();
    jdbc =
        new JdbcTemplate(
            new DriverManagerDataSource("jdbc:postgresql://reporting/finance", "mailer", password));
  }

  BigDecimal revenue(YearMonth month) {
    return jdbc.queryForObject(
        "select coalesce(sum(amount), 0) from invoice where to_char(issued, 'YYYY-MM') = ?",
        BigDecimal.class,
        month.toString());
  }
}
