package acme.orders.cloud;

import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.secretmanager.v1.SecretManagerServiceClient;
import com.google.cloud.secretmanager.v1.SecretVersionName;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.StorageOptions;
import com.google.pubsub.v1.TopicName;
import java.io.IOException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration
public class Cloud {
  static final String PROJECT = "acme-prod";

  @Bean(destroyMethod = "shutdown")
  Publisher orders() throws IOException {
    return Publisher.newBuilder(TopicName.of(PROJECT, "orders")).build();
  }

  @Bean
  Storage storage() {
    return StorageOptions.newBuilder().setProjectId(PROJECT).build().getService();
  }

  @Bean
  PaymentKey paymentKey() throws IOException {
    try (SecretManagerServiceClient secrets = SecretManagerServiceClient.create()) {
      SecretVersionName name = SecretVersionName.of(PROJECT, "payment-key", "latest");
      return new PaymentKey(
          secrets.accessSecretVersion(name).getPayload().getData().toStringUtf8());
    }
  }
}
