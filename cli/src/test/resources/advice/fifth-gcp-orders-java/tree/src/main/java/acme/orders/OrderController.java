package acme.orders;

import com.google.cloud.pubsub.v1.Publisher;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

@RestController
class OrderController {
  private final Publisher orders;
  private final Receipts receipts;

  OrderController(Publisher orders, Receipts receipts) {
    this.orders = orders;
    this.receipts = receipts;
  }

  @PostMapping("/orders")
  String order(@RequestBody String body) throws ExecutionException, InterruptedException {
    UUID id = UUID.randomUUID();
    PubsubMessage message =
        PubsubMessage.newBuilder()
            .setData(ByteString.copyFromUtf8(body))
            .putAttributes("id", id.toString())
            .build();
    orders.publish(message).get();
    receipts.keep(id, body);
    return id.toString();
  }
}
