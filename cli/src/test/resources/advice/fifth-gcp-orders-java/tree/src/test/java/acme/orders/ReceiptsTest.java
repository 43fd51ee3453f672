package acme.orders;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReceiptsTest {
  @Test
  void keepsEachOnce() {
    Storage storage = mock(Storage.class);
    new Receipts(storage).keep(UUID.randomUUID(), "{}");
    verify(storage).create(any(BlobInfo.class), any(byte[].class), any());
  }
}
