package example.pinhole;

import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

final class Scaler {

  private Scaler() {}

  static BufferedImage fit(BufferedImage image, int width) {
    int height = Math.max(1, image.getHeight() * width / image.getWidth());
    var scaled = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    var g = scaled.createGraphics();
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    g.drawImage(image, 0, 0, width, height, null);
    g.dispose();
    return scaled;
  }
}
