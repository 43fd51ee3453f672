package dev.stanch.revokers.provider.aws;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.http.Http;
import dev.stanch.detectors.http.Request;
import java.util.Map;
import java.util.TreeMap;

/// Speaks AWS's query protocol: a form that is signed, an answer in XML.
record Query(Http http) {
  Query {
    requireNonNull(http, "http");
  }

  /// Calls an action that does no more when it is sent twice.
  Reply ask(
      Service service,
      Partition partition,
      AccessKey signer,
      String action,
      Map<String, String> fields)
      throws InterruptedException {
    return send(
        request(service, partition, action, fields).repeatable(),
        service,
        partition,
        signer,
        action);
  }

  /// Calls an action that does more when it is sent twice: it is sent once.
  Reply once(
      Service service,
      Partition partition,
      AccessKey signer,
      String action,
      Map<String, String> fields)
      throws InterruptedException {
    return send(
        request(service, partition, action, fields).once(), service, partition, signer, action);
  }

  private Reply send(
      Request request, Service service, Partition partition, AccessKey signer, String action)
      throws InterruptedException {
    return Reply.read(
        http.send(
            request.signed(new SignatureVersion4(signer, partition.region(), service.label()))),
        action + "Response");
  }

  /// Who AWS takes a key for. Needs no permission, and no policy can deny it.
  Reply whoIs(Partition partition, AccessKey key) throws InterruptedException {
    return ask(Service.STS, partition, key, "GetCallerIdentity", Map.of());
  }

  /// Asks for an identity without any key.
  Reply anonymous(Partition partition) throws InterruptedException {
    String action = "GetCallerIdentity";
    return Reply.read(
        http.send(request(Service.STS, partition, action, Map.of()).repeatable()),
        action + "Response");
  }

  private static Request request(
      Service service, Partition partition, String action, Map<String, String> fields) {
    var form = new TreeMap<>(fields);
    form.put("Action", action);
    form.put("Version", service.version());
    return Request.post(service.in(partition), "/").form(form);
  }
}
