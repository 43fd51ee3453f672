package com.acme.thumbs;

import java.awt.Image;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/** Runs until it is stopped. */
public final class Worker {

  private static final int SIDE = 256;

  private final JobQueue queue;
  private final ImageStore images;
  private final StatusTable status;

  Worker(JobQueue queue, ImageStore images, StatusTable status) {
    this.queue = queue;
    this.images = images;
    this.status = status;
  }

  /** Starts the worker. */
  public static void main(String[] args) {
    Worker worker =
        new Worker(
            new JobQueue(SqsClient.create()),
            new ImageStore(S3Client.create()),
            new StatusTable(DynamoDbClient.create()));
    while (!Thread.currentThread().isInterrupted()) {
      worker.round();
    }
  }

  void round() {
    for (Message message : queue.next()) {
      String key = message.body().trim();
      try {
        images.keep(key + ".jpg", shrink(images.original(key)));
        status.set(key, "done");
        queue.done(message);
      } catch (IOException e) {
        status.set(key, "unreadable");
        queue.later(message, 900);
      }
    }
  }

  private static byte[] shrink(byte[] original) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(original));
    if (image == null) {
      throw new IOException("no image");
    }
    BufferedImage small = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    Image scaled = image.getScaledInstance(SIDE, SIDE, Image.SCALE_SMOOTH);
    small.createGraphics().drawImage(scaled, 0, 0, null);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(small, "jpg", out);
    return out.toByteArray();
  }
}
