package dev.stanch.detectors.source.container;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// An image, written in the formats in which tools write one.
final class SavedImage {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String name;
  private final ObjectNode configuration = JSON.createObjectNode();
  private final List<byte[]> layers = new ArrayList<>();

  SavedImage(String name) {
    this.name = name;
    configuration.putObject("config").putArray("Env");
    configuration.putArray("history");
    configuration.putObject("rootfs").put("type", "layers").putArray("diff_ids");
  }

  SavedImage variable(String name, String value) {
    ((ArrayNode) configuration.path("config").path("Env")).add(name + "=" + value);
    return this;
  }

  /// A build step that changes no file.
  SavedImage step(String createdBy) {
    ((ArrayNode) configuration.path("history"))
        .addObject()
        .put("created_by", createdBy)
        .put("empty_layer", true);
    return this;
  }

  /// A build step with what it brings: file contents by path, `null` for a folder.
  SavedImage layer(String createdBy, Map<String, String> files) throws IOException {
    return layer(createdBy, tar(files));
  }

  SavedImage layer(String createdBy, byte[] tar) {
    ((ArrayNode) configuration.path("history")).addObject().put("created_by", createdBy);
    ((ArrayNode) configuration.path("rootfs").path("diff_ids")).add(digest(tar));
    layers.add(tar);
    return this;
  }

  static byte[] tar(Map<String, String> files) throws IOException {
    var members = new LinkedHashMap<String, byte[]>();
    files.forEach((path, text) -> members.put(path, text.getBytes(UTF_8)));
    return archive(members);
  }

  static byte[] archive(Map<String, byte[]> members) throws IOException {
    return archive(members, Map.of());
  }

  private static byte[] archive(Map<String, byte[]> members, Map<String, String> links)
      throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (var member : members.entrySet()) {
        var entry = new TarArchiveEntry(member.getKey());
        entry.setSize(member.getValue().length);
        tar.putArchiveEntry(entry);
        tar.write(member.getValue());
        tar.closeArchiveEntry();
      }
      for (var link : links.entrySet()) {
        var entry = new TarArchiveEntry(link.getKey(), TarConstants.LF_SYMLINK);
        entry.setLinkName(link.getValue());
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
      }
    }
    return bytes.toByteArray();
  }

  /// A tar that holds nothing but a link.
  static byte[] link(String path, String to) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
      var entry = new TarArchiveEntry(path, TarConstants.LF_SYMLINK);
      entry.setLinkName(to);
      tar.putArchiveEntry(entry);
      tar.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }

  static byte[] gzip(byte[] bytes) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  static String digest(byte[] bytes) {
    try {
      return "sha256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /// As `docker save` wrote it for years: the manifest last.
  static void save(Path file, SavedImage... images) throws IOException {
    save(file, false, images);
  }

  /// The same by an engine that gives each layer a name of its own, and writes links for all but
  /// the first of those that are equal.
  static void saveWithLinks(Path file, SavedImage... images) throws IOException {
    save(file, true, images);
  }

  private static void save(Path file, boolean links, SavedImage... images) throws IOException {
    var members = new LinkedHashMap<String, byte[]>();
    var linked = new LinkedHashMap<String, String>();
    ArrayNode manifest = JSON.createArrayNode();
    for (SavedImage image : images) {
      ObjectNode one = manifest.addObject();
      byte[] configuration = JSON.writeValueAsBytes(image.configuration);
      String configurationName = digest(configuration).substring("sha256:".length()) + ".json";
      members.put(configurationName, configuration);
      one.put("Config", configurationName);
      one.putArray("RepoTags").add(image.name);
      ArrayNode layers = one.putArray("Layers");
      for (byte[] layer : image.layers) {
        String path = digest(layer).substring("sha256:".length()) + "/layer.tar";
        if (links && members.containsKey(path)) {
          String link = linked.size() + "/layer.tar";
          linked.put(link, "../" + path);
          path = link;
        } else {
          members.put(path, layer);
        }
        layers.add(path);
      }
    }
    members.put("manifest.json", JSON.writeValueAsBytes(manifest));
    Files.write(file, archive(members, linked));
  }

  /// An OCI layout, its layers packed, its index one of an index, as for several platforms.
  void layout(Path folder) throws IOException {
    byte[] configurationBytes = JSON.writeValueAsBytes(configuration);
    ObjectNode manifest = JSON.createObjectNode();
    manifest.put("schemaVersion", 2);
    manifest.putObject("config").put("digest", blob(folder, configurationBytes));
    ArrayNode listed = manifest.putArray("layers");
    for (byte[] layer : layers) {
      listed
          .addObject()
          .put("mediaType", "application/vnd.oci.image.layer.v1.tar+gzip")
          .put("digest", blob(folder, gzip(layer)));
    }
    ObjectNode platforms = JSON.createObjectNode();
    ArrayNode manifests = platforms.putArray("manifests");
    manifests.addObject().put("digest", blob(folder, JSON.writeValueAsBytes(manifest)));
    manifests.addObject().put("digest", "sha256:" + "0".repeat(64)); // another platform, left out
    ObjectNode index = JSON.createObjectNode();
    ObjectNode outer = index.putArray("manifests").addObject();
    outer.put("digest", blob(folder, JSON.writeValueAsBytes(platforms)));
    outer.putObject("annotations").put("io.containerd.image.name", name);
    Files.write(folder.resolve("index.json"), JSON.writeValueAsBytes(index));
    Files.writeString(folder.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
  }

  private static String blob(Path folder, byte[] bytes) throws IOException {
    String digest = digest(bytes);
    Path blobs = Files.createDirectories(folder.resolve("blobs/sha256"));
    Files.write(blobs.resolve(digest.substring("sha256:".length())), bytes);
    return digest;
  }
}
