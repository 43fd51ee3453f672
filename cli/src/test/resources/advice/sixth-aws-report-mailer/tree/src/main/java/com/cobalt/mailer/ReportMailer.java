package com.cobalt.mailer;

import java.time.YearMonth;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import software.amazon.awssdk.services.ses.SesClient;

@Component
class ReportMailer {
  private final Templates templates;
  private final ReportDatabase database;
  private final SesClient ses;
  private final String sender;
  private final List<String> recipients;

  ReportMailer(
      Templates templates,
      ReportDatabase database,
      SesClient ses,
      @Value("${mailer.sender}") String sender,
      @Value("${mailer.recipients}") List<String> recipients) {
    this.templates = templates;
    this.database = database;
    this.ses = ses;
    this.sender = sender;
    this.recipients = recipients;
  }

  @Scheduled(cron = "0 0 7 1 * *")
  void send() {
    YearMonth month = YearMonth.now().minusMonths(1);
    String body =
        templates.load("monthly").replace("{{revenue}}", database.revenue(month).toPlainString());
    ses.sendEmail(
        mail ->
            mail.source(sender)
                .destination(to -> to.toAddresses(recipients))
                .message(
                    message ->
                        message
                            .subject(subject -> subject.data("Revenue of " + month))
                            .body(content -> content.html(html -> html.data(body)))));
  }
}
