package acme.orders;

import acme.orders.cloud.PaymentKey;
import com.google.cloud.pubsub.v1.AckReplyConsumer;
import com.google.cloud.pubsub.v1.Subscriber;
import com.google.pubsub.v1.ProjectSubscriptionName;
import com.google.pubsub.v1.PubsubMessage;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import java.util.logging.Logger;
import org.springframework.stereotype.Component;

@Component
class Refunds {
  private static final Logger LOG = Logger.getLogger(Refunds.class.getName());
  private static final ProjectSubscriptionName NAME =
      ProjectSubscriptionName.of("acme-prod", "refunds-worker");

  private final PaymentKey key;
  private Subscriber subscriber;

  Refunds(PaymentKey key) {
    this.key = key;
  }

  @PostConstruct
  void begin() {
    subscriber = Subscriber.newBuilder(NAME, this::refund).setParallelPullCount(2).build();
    subscriber.startAsync().awaitRunning();
  }

  @PreDestroy
  void end() {
    subscriber.stopAsync();
  }

  private void refund(PubsubMessage message, AckReplyConsumer reply) {
    if (key.value().isEmpty()) {
      reply.nack();
      return;
    }
    LOG.info(() -> "refund of " + message.getAttributesOrDefault("id", "?"));
    reply.ack();
  }
}
