package example.pinhole;

import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ThumbController {

  private final ThumbService thumbs;

  ThumbController(ThumbService thumbs) {
    this.thumbs = thumbs;
  }

  @PostMapping("/thumbs")
  @ResponseStatus(HttpStatus.ACCEPTED)
  void make(@RequestParam String key) throws IOException {
    thumbs.make(key);
  }
}
