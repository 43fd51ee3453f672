package dev.stanch.detectors.source.kubernetes;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stanch.detectors.http.BadUrlException;
import dev.stanch.detectors.http.BaseUrl;
import dev.stanch.detectors.source.SourceException;
import io.fabric8.kubernetes.api.model.AuthInfo;
import io.fabric8.kubernetes.api.model.ExecConfig;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Which cluster is asked and as whom: what the files of `KUBECONFIG` say, or `~/.kube/config`, or,
/// inside a cluster, what it gives its pods.
public final class ClusterLogin {
  private static final Path SERVICE_ACCOUNT =
      Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
  private static final String IN_CLUSTER = "in-cluster";
  private static final String HINT =
      "point KUBECONFIG to the file that kubectl uses, or name manifests with --file";

  private final String context;
  private final String namespace;
  private final Config config;
  private final BaseUrl base;
  private final Map<String, String> variables;

  private ClusterLogin(
      String context,
      String namespace,
      Config config,
      BaseUrl base,
      Map<String, String> variables) {
    this.context = context;
    this.namespace = namespace;
    this.config = config;
    this.base = base;
    this.variables = Map.copyOf(variables);
  }

  /// The login that these variables lead to.
  ///
  /// @param folder where relative paths begin
  /// @param context the one to use; empty for the current one
  public static ClusterLogin of(Map<String, String> variables, Path folder, String context)
      throws SourceException {
    var configs = new ArrayList<io.fabric8.kubernetes.api.model.Config>();
    for (Path file : files(variables, folder)) {
      if (Files.isRegularFile(file)) {
        configs.add(parsed(file));
      }
    }
    if (configs.isEmpty() || context.equals(IN_CLUSTER)) {
      return inCluster(variables);
    }
    return ofFiles(configs, variables, context);
  }

  private static List<Path> files(Map<String, String> variables, Path folder) {
    var files = new ArrayList<Path>();
    String named = variables.getOrDefault("KUBECONFIG", "");
    for (String one : named.split(File.pathSeparator, -1)) {
      if (!one.isBlank()) {
        files.add(folder.resolve(one));
      }
    }
    String home = variables.getOrDefault("HOME", "");
    if (named.isBlank() && !home.isBlank()) {
      files.add(Path.of(home, ".kube", "config"));
    }
    return files;
  }

  private static io.fabric8.kubernetes.api.model.Config parsed(Path file) throws SourceException {
    try {
      return KubeConfigUtils.parseConfig(file.toFile());
    } catch (RuntimeException e) {
      // Its own words quote the file, which holds credentials.
      throw new SourceException(
          file + " is no kubeconfig that can be read", "kubectl config view shows what it says");
    }
  }

  private static ClusterLogin ofFiles(
      List<io.fabric8.kubernetes.api.model.Config> configs,
      Map<String, String> variables,
      String wanted)
      throws SourceException {
    var contexts = new HashMap<String, NamedContext>();
    var users = new HashMap<String, NamedAuthInfo>();
    var clusters = new HashMap<String, NamedCluster>();
    String current = wanted;
    for (var config : configs) { // the first to name something wins
      orEmpty(config.getContexts()).forEach(one -> contexts.putIfAbsent(one.getName(), one));
      orEmpty(config.getUsers()).forEach(one -> users.putIfAbsent(one.getName(), one));
      orEmpty(config.getClusters()).forEach(one -> clusters.putIfAbsent(one.getName(), one));
      current =
          current.isEmpty() ? Objects.requireNonNullElse(config.getCurrentContext(), "") : current;
    }
    NamedContext context = contexts.get(current);
    if (context == null || context.getContext() == null) {
      throw new SourceException(
          current.isEmpty() ? "no context is chosen" : "no such context: " + current,
          contexts.isEmpty()
              ? HINT
              : "use --context with one of " + String.join(", ", new TreeSet<>(contexts.keySet())));
    }
    NamedCluster cluster = clusters.get(context.getContext().getCluster());
    if (cluster == null || cluster.getCluster() == null) {
      throw new SourceException("context " + current + " names no cluster", HINT);
    }
    NamedAuthInfo user = users.get(context.getContext().getUser());
    ExecConfig plugin = null;
    if (user != null && user.getUser() != null) {
      plugin = user.getUser().getExec();
      user.getUser().setExec(null); // fabric8 would pass it through a shell
    }
    Config merged = Config.empty();
    KubeConfigUtils.merge(
        merged, current, configs.toArray(io.fabric8.kubernetes.api.model.Config[]::new));
    if (user != null && user.getUser() != null) {
      credentials(user, merged);
    }
    if (plugin != null) {
      File file = KubeConfigUtils.getFileWithNamedAuthInfo(merged.getCurrentContext());
      new CredentialPlugin(plugin, file).into(merged, cluster, variables);
    }
    if (merged.getTlsServerName() != null && !merged.getTlsServerName().isEmpty()) {
      throw new SourceException(
          "context " + current + " sets tls-server-name, which is not supported",
          "use a server address that stands in the cluster's certificate");
    }
    String proxy = cluster.getCluster().getProxyUrl();
    var routes = new HashMap<>(variables);
    if (proxy != null && !proxy.isEmpty()) {
      routes.put("HTTPS_PROXY", proxy);
    }
    String server = cluster.getCluster().getServer();
    return login(current, merged, server == null ? "" : server, routes);
  }

  private static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  /// What fabric8 does not take over of a user.
  private static void credentials(NamedAuthInfo named, Config into) throws SourceException {
    AuthInfo user = named.getUser();
    if (user.getAs() != null) {
      into.setImpersonateUsername(user.getAs());
      into.setImpersonateGroups(orEmpty(user.getAsGroups()).toArray(String[]::new));
    }
    String file = user.getTokenFile();
    if (file != null && !file.isEmpty() && into.getAutoOAuthToken() == null) {
      into.setAutoOAuthToken(token(Path.of(file)));
    }
  }

  private static String token(Path file) throws SourceException {
    try {
      return Files.readString(file, UTF_8).strip();
    } catch (IOException | InvalidPathException e) {
      throw new SourceException("cannot read the token in " + file, "check its permissions", e);
    }
  }

  private static ClusterLogin inCluster(Map<String, String> variables) throws SourceException {
    String host = variables.getOrDefault("KUBERNETES_SERVICE_HOST", "");
    String port = variables.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
    if (host.isEmpty() || !Files.isRegularFile(SERVICE_ACCOUNT.resolve("token"))) {
      throw new SourceException(
          (variables.getOrDefault("KUBECONFIG", "").isBlank()
                  ? "no kubeconfig"
                  : "no file is where KUBECONFIG points")
              + ", and this is no pod of a cluster",
          HINT);
    }
    Config config = Config.empty();
    config.setAutoOAuthToken(token(SERVICE_ACCOUNT.resolve("token")));
    config.setCaCertFile(SERVICE_ACCOUNT.resolve("ca.crt").toString());
    Path namespace = SERVICE_ACCOUNT.resolve("namespace");
    if (Files.isRegularFile(namespace)) {
      config.setNamespace(token(namespace));
    }
    String name = host.contains(":") ? "[" + host + "]" : host;
    return login(IN_CLUSTER, config, "https://" + name + ":" + port, variables);
  }

  private static ClusterLogin login(
      String context, Config config, String server, Map<String, String> variables)
      throws SourceException {
    BaseUrl base;
    try {
      base = BaseUrl.parse(server);
    } catch (BadUrlException e) {
      throw new SourceException(
          "the server of context " + context + " is " + e.getMessage(),
          "correct the kubeconfig",
          e);
    }
    config.setMasterUrl(base.toString());
    // One that fabric8 does not try to renew, for which it would read other files than ours.
    config.setOauthToken(config.getAutoOAuthToken());
    config.setRequestRetryBackoffLimit(0);
    String namespace = config.getNamespace();
    return new ClusterLogin(
        context,
        namespace == null || namespace.isBlank() ? "default" : namespace,
        config,
        base,
        variables);
  }

  /// What the context is called.
  public String context() {
    return context;
  }

  /// The namespace that commands mean which name none.
  public String namespace() {
    return namespace;
  }

  /// The variables that lead to the cluster's proxy.
  public Map<String, String> variables() {
    return variables;
  }

  /// Who may vouch for the cluster, and the certificate that it wants to see; empty where it is all
  /// as usual.
  public Optional<SSLContext> tls() throws SourceException {
    boolean usual =
        config.getCaCertData() == null
            && config.getCaCertFile() == null
            && config.getClientCertData() == null
            && config.getClientCertFile() == null
            && !config.isTrustCerts();
    if (usual) {
      return Optional.empty();
    }
    try {
      return Optional.of(SSLUtils.sslContext(config));
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      throw new SourceException(
          "the certificates or the key of context " + context + " cannot be read",
          "kubectl config view --minify names their files",
          e);
    }
  }

  Config config() {
    return config;
  }

  /// Where the cluster's API is.
  public BaseUrl base() {
    return base;
  }
}
