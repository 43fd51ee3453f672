package dev.stanch.detectors.source.kubernetes;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.stanch.detectors.source.SourceException;
import io.fabric8.kubernetes.api.model.ExecConfig;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.client.Config;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The program that the user's own kubeconfig names for its credential, run as kubectl runs it:
/// <https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins>.
/// What it prints is a credential, so none of it is ever shown.
record CredentialPlugin(ExecConfig exec, @Nullable File kubeconfig) {
  private static final int LARGEST = 1 << 20;
  private static final int SECONDS = 60;

  CredentialPlugin {
    requireNonNull(exec, "exec");
  }

  void into(Config config, NamedCluster cluster, Map<String, String> variables)
      throws SourceException {
    JsonNode status = answer(cluster, variables).path("status");
    String token = status.path("token").asText("");
    String certificate = status.path("clientCertificateData").asText("");
    String key = status.path("clientKeyData").asText("");
    if (token.isEmpty() && (certificate.isEmpty() || key.isEmpty())) {
      throw failed("gives no credential", null);
    }
    if (!token.isEmpty()) {
      config.setAutoOAuthToken(token);
    }
    if (!certificate.isEmpty() && !key.isEmpty()) {
      config.setClientCertData(base64(certificate));
      config.setClientKeyData(base64(key));
      config.setClientKeyAlgo(key.contains("EC PRIVATE KEY") ? "EC" : "RSA");
    }
  }

  private static String base64(String pem) {
    return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
  }

  private JsonNode answer(NamedCluster cluster, Map<String, String> variables)
      throws SourceException {
    var words = new ArrayList<String>();
    words.add(command());
    words.addAll(exec.getArgs() == null ? List.of() : exec.getArgs());
    var builder = new ProcessBuilder(words);
    builder.environment().clear();
    builder.environment().putAll(variables);
    if (exec.getEnv() != null) {
      exec.getEnv().forEach(one -> builder.environment().put(one.getName(), one.getValue()));
    }
    builder.environment().put("KUBERNETES_EXEC_INFO", information(cluster).toString());
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    try {
      Process process = builder.start();
      try {
        byte[] told = told(process);
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
          throw failed("fails", null);
        }
        return new ObjectMapper().readTree(told);
      } finally {
        process.destroyForcibly();
      }
    } catch (JacksonException _) { // its words quote the credential
      throw failed("prints no ExecCredential", null);
    } catch (IOException e) {
      throw failed("cannot be run", e);
    } catch (TimeoutException e) {
      throw failed("does not end", e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw failed("was interrupted", null);
    }
  }

  private static byte[] told(Process process)
      throws IOException, InterruptedException, TimeoutException {
    CompletableFuture<byte[]> told =
        CompletableFuture.supplyAsync(
            () -> {
              try (InputStream out = process.getInputStream()) {
                return out.readNBytes(LARGEST);
              } catch (IOException _) {
                return new byte[0];
              }
            });
    try {
      return told.get(SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IOException(e);
    }
  }

  /// A relative path is meant from the kubeconfig; a bare name is looked for in `PATH`.
  private String command() {
    String command = exec.getCommand();
    boolean relative = command.contains("/") && !new File(command).isAbsolute();
    return relative && kubeconfig != null
        ? new File(kubeconfig.getAbsoluteFile().getParentFile(), command).getPath()
        : command;
  }

  private ObjectNode information(NamedCluster cluster) {
    ObjectNode information =
        new ObjectMapper()
            .createObjectNode()
            .put("apiVersion", exec.getApiVersion())
            .put("kind", "ExecCredential");
    ObjectNode spec = information.putObject("spec").put("interactive", false);
    if (Boolean.TRUE.equals(exec.getProvideClusterInfo())) {
      spec.putObject("cluster")
          .put("server", cluster.getCluster().getServer())
          .put("certificate-authority-data", cluster.getCluster().getCertificateAuthorityData());
    }
    return information;
  }

  private SourceException failed(String how, @Nullable Throwable cause) {
    String what = "the credential plugin " + exec.getCommand() + " " + how;
    String hint = exec.getInstallHint();
    return new SourceException(
        what,
        hint == null || hint.isBlank() ? "kubectl get pods shows what it says" : hint,
        cause == null ? new IOException(how) : cause);
  }
}
