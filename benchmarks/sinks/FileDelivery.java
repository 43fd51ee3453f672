import dev.stanch.detectors.model.RevealPermit;
import dev.stanch.detectors.model.Secret;
import dev.stanch.revokers.sink.file.FileSinks;
import dev.stanch.revokers.spi.Sink;
import dev.stanch.revokers.spi.SinkAddress;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/// Delivers values to files; see `run` beside this file. Reads lines of a path, the old and the new
/// value in base64; says how each ended.
public final class FileDelivery {
  private FileDelivery() {}

  public static void main(String[] arguments) throws Exception {
    var permit = RevealPermit.grant("benchmark");
    var sinks = new FileSinks();
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] fields = line.split("\t", -1);
      Sink sink = sinks.open(new SinkAddress("file", fields[0], ""), null);
      Sink.Value old = value(fields[1]);
      Sink.Value fresh = value(fields[2]);
      Sink.State seen = sink.look(old, fresh, permit);
      String ended = seen.toString();
      if (seen instanceof Sink.State.HoldsOld) {
        ended = sink.deliver(old, fresh, seen, permit).toString();
        if (!(sink.look(old, fresh, permit) instanceof Sink.State.HoldsNew)) {
          ended += ", not read back";
        }
      }
      System.out.println(fields[0] + "\t" + ended);
    }
  }

  private static Sink.Value value(String base64) {
    return new Sink.Value(new Secret(Base64.getDecoder().decode(base64)), List.of());
  }
}
