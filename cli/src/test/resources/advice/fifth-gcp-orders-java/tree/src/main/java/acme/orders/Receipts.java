package acme.orders;

import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.springframework.stereotype.Component;

@Component
class Receipts {
  private static final String BUCKET = "acme-receipts";
  private final Storage storage;

  Receipts(Storage storage) {
    this.storage = storage;
  }

  void keep(UUID id, String order) {
    BlobInfo info =
        BlobInfo.newBuilder(BlobId.of(BUCKET, id + ".json"))
            .setContentType("application/json")
            .build();
    storage.create(
        info, order.getBytes(StandardCharsets.UTF_8), Storage.BlobTargetOption.doesNotExist());
  }
}
