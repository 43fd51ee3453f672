package dev.stanch.revokers.plugin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.http.HostPattern;
import dev.stanch.revokers.provider.plain.PlainProviders;
import dev.stanch.revokers.spi.AdminVariable;
import dev.stanch.revokers.spi.Provider;
import dev.stanch.revokers.spi.ProviderSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Pattern;

/// A jar or a descriptor that adds providers, as it was read once: what was compared with the
/// trusted digest is what runs, whatever becomes of the file meanwhile.
public final class Plugin {
  private static final int LARGEST = 64 << 20;
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  private final Path file;
  private final byte[] content;

  private Plugin(Path file, byte[] content) {
    this.file = file;
    this.content = content;
  }

  /// Whether a file is one by its name.
  static boolean isOne(Path file) {
    String name = name(file);
    return !name.startsWith(".")
        && (name.endsWith(".jar") || name.endsWith(".yml") || name.endsWith(".yaml"));
  }

  /// Reads a file that only the user can have written.
  public static Plugin read(Path file) throws IOException, PluginException {
    String what = "the plugin " + name(file);
    if (!isOne(file)) {
      throw PluginException.broken(
          what + " is neither a jar nor a descriptor", "name a file that ends in .jar or .yml");
    }
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.exists(file)) {
      throw PluginException.notTrusted(
          what + (Files.isSymbolicLink(file) ? " is a symbolic link" : " is not a regular file"),
          "put the file itself in the folder");
    }
    Ownership.require(what, file);
    try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] content = in.readNBytes(LARGEST + 1);
      if (content.length > LARGEST) {
        throw PluginException.broken(
            what + " is larger than 64 MiB", "leave out what Stanch brings itself");
      }
      return new Plugin(file, content);
    }
  }

  /// Where it stands.
  public Path file() {
    return file;
  }

  /// The name of its file.
  public String name() {
    return name(file);
  }

  private static String name(Path file) {
    return requireNonNull(file.getFileName(), "name").toString();
  }

  /// SHA-256 of its bytes, in hexadecimal.
  public String digest() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// The providers that it adds. Runs its code, so ask only for what is trusted.
  public List<Provider> providers() throws PluginException {
    List<Provider> providers;
    try {
      providers =
          isJar() ? ofJar() : List.of(PlainProviders.read(name(), new String(content, UTF_8)));
      for (Provider provider : providers) {
        provider.hosts().forEach(HostPattern::parse);
        provider.adminVariables().forEach(Plugin::requireName);
      }
    } catch (IOException | RuntimeException | LinkageError | ServiceConfigurationError e) {
      throw PluginException.broken(
          "the plugin " + name() + " cannot be loaded: " + e.getMessage(),
          isJar()
              ? "ask its author, or remove it"
              : "correct it, and trust it again: docs/PROVIDER-FORMAT.md says what stands where");
    }
    if (providers.isEmpty()) {
      throw PluginException.broken(
          "the plugin " + name() + " adds no provider",
          "its META-INF/services names a Provider or a ProviderSource");
    }
    return providers;
  }

  private static void requireName(AdminVariable variable) {
    if (!VARIABLE.matcher(variable.name()).matches()) {
      throw new IllegalArgumentException("it asks with what is no name of a variable");
    }
  }

  private boolean isJar() {
    return name().endsWith(".jar");
  }

  private List<Provider> ofJar() throws IOException {
    var loader = new JarClassLoader(name(), content);
    var providers = new ArrayList<Provider>();
    services(Provider.class, loader).forEach(each -> providers.add(new GuardedProvider(each)));
    for (ProviderSource source : services(ProviderSource.class, loader)) {
      for (var id : source.ids()) {
        providers.add(new GuardedProvider(source.find(id).orElseThrow()));
      }
    }
    return providers;
  }

  /// The services of this jar, without those that its parent brings.
  private static <T> List<T> services(Class<T> type, ClassLoader loader) {
    return ServiceLoader.load(type, loader).stream()
        .filter(each -> loader.equals(each.type().getClassLoader()))
        .map(ServiceLoader.Provider::get)
        .toList();
  }
}
