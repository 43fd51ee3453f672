package dev.stanch.detectors.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/// One call to a provider, immutable. Holds a credential more often than not, so it prints method,
/// origin and the path as written in our code, with none of the values.
///
/// Values may come from anywhere: they are encoded, and what cannot be encoded safely makes
/// [Http#send] refuse the request. Nothing here throws for a value.
public final class Request {
  private static final Pattern PATH =
      Pattern.compile("(?:/(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|\\{\\})*)*");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");

  private final Method method;
  private final BaseUrl base;
  private final String template;
  private final String path;
  private final String query;
  private final Map<String, String> headers;
  private final byte @Nullable [] body;
  private final Repeat repeat;
  private final @Nullable Signer signer;
  private final String payer;
  private final @Nullable String flaw;

  /// Whether a request may be sent a second time when nobody knows what became of the first.
  private enum Repeat {
    ALLOWED,
    FORBIDDEN
  }

  private Request(Draft draft) {
    this.method = draft.method;
    this.base = draft.base;
    this.template = draft.template;
    this.path = draft.path;
    this.query = draft.query;
    this.headers = draft.headers;
    this.body = draft.body;
    this.repeat = draft.repeat;
    this.signer = draft.signer;
    this.payer = draft.payer;
    this.flaw = draft.flaw;
  }

  /// A request. Each `{}` in `path` is replaced by the next of `values`, encoded.
  ///
  /// @param path below the base URL, beginning with `/`; written in our own code or in a descriptor
  /// @param values may hold anything, a credential too
  public static Request of(Method method, BaseUrl base, String path, String... values) {
    requireNonNull(method, "method");
    requireNonNull(base, "base");
    if (!PATH.matcher(path).matches()) {
      throw new IllegalArgumentException("not a path of this form: " + path);
    }
    String[] parts = path.split("\\{\\}", -1);
    if (parts.length - 1 != values.length) {
      throw new IllegalArgumentException(
          (parts.length - 1) + " values wanted, " + values.length + " given: " + path);
    }
    var filled = new StringBuilder(parts[0]);
    for (int i = 0; i < values.length; i++) {
      filled.append(encoded(values[i])).append(parts[i + 1]);
    }
    var draft = new Draft(method, base, path, filled.toString());
    for (String segment : draft.path.split("/", -1)) {
      if (segment.equals(".") || segment.equals("..")) {
        draft.flaw = "a value that would leave its place in the path";
      }
    }
    for (String value : values) {
      if (value.isEmpty()) {
        draft.flaw = "an empty value in the path";
      }
    }
    return new Request(draft);
  }

  /// A GET; see [#of].
  public static Request get(BaseUrl base, String path, String... values) {
    return of(Method.GET, base, path, values);
  }

  /// A POST; see [#of].
  public static Request post(BaseUrl base, String path, String... values) {
    return of(Method.POST, base, path, values);
  }

  /// A PUT; see [#of].
  public static Request put(BaseUrl base, String path, String... values) {
    return of(Method.PUT, base, path, values);
  }

  /// A PATCH; see [#of].
  public static Request patch(BaseUrl base, String path, String... values) {
    return of(Method.PATCH, base, path, values);
  }

  /// A DELETE; see [#of].
  public static Request delete(BaseUrl base, String path, String... values) {
    return of(Method.DELETE, base, path, values);
  }

  /// A request for a URL that the provider itself gave, relative or absolute: the next page of a
  /// list. One that leads to another origin than `base` is refused when it is sent.
  public static Request following(BaseUrl base, String link) {
    return at(Method.GET, base, link);
  }

  /// The same with any method: for libraries that make URLs of their own.
  public static Request at(Method method, BaseUrl base, String link) {
    var origin = new BaseUrl(base.scheme(), base.host(), base.port(), "");
    Draft draft;
    try {
      URI target = new URI(base + "/").resolve(new URI(link));
      var targetOrigin = BaseUrl.parse(target.getScheme() + "://" + target.getRawAuthority());
      draft = new Draft(method, origin, "/…", String.valueOf(target.getRawPath()));
      draft.query = target.getRawQuery() == null ? "" : "?" + target.getRawQuery();
      if (!targetOrigin.equals(origin)) {
        draft.flaw = "a link that leads to another host";
      }
    } catch (URISyntaxException | BadUrlException _) { // a message may repeat what a link holds
      draft = new Draft(method, origin, "/…", "");
      draft.flaw = "a link that is not a URL";
    }
    return new Request(draft);
  }

  /// The same request with one more query parameter.
  public Request query(String name, String value) {
    var draft = new Draft(this);
    draft.query = query + (query.isEmpty() ? "?" : "&") + encoded(name) + "=" + encoded(value);
    return new Request(draft);
  }

  /// The same request with a header set.
  public Request header(String name, String value) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("not a header name: " + name);
    }
    var draft = new Draft(this);
    draft.headers.put(name, value);
    if (!value.chars().allMatch(c -> c >= ' ' && c < 0x7f || c == '\t')) {
      draft.flaw = "a header with characters that do not belong there";
    }
    return new Request(draft);
  }

  /// The same request with a credential. The bytes are copied; the caller's are the caller's to
  /// wipe.
  public Request credential(Placement placement, byte[] credential) {
    String text = new String(credential, ISO_8859_1);
    Request with =
        switch (placement) {
          case Placement.Bearer _ -> header("Authorization", "Bearer " + text);
          case Placement.BasicPassword(String user) -> basic(user, credential);
          case Placement.BasicUser _ -> basic(text, new byte[0]);
          case Placement.Header(String name, String prefix) -> header(name, prefix + text);
          case Placement.Query(String name) -> query(name, text);
        };
    var draft = new Draft(with);
    draft.payer = DigestUtils.sha256Hex(credential);
    return new Request(draft);
  }

  /// The same request with `Authorization: Bearer …`.
  public Request bearer(byte[] credential) {
    return credential(new Placement.Bearer(), credential);
  }

  /// The same request with HTTP basic authentication.
  public Request basic(String user, byte[] password) {
    byte[] name = (user + ":").getBytes(UTF_8);
    byte[] both = new byte[name.length + password.length];
    System.arraycopy(name, 0, both, 0, name.length);
    System.arraycopy(password, 0, both, name.length, password.length);
    return header("Authorization", "Basic " + Base64.getEncoder().encodeToString(both));
  }

  /// The same request with a body; the bytes are copied.
  public Request body(String contentType, byte[] bytes) {
    var draft = new Draft(header("Content-Type", contentType));
    draft.body = bytes.clone();
    return new Request(draft);
  }

  /// The same request with a body of JSON.
  public Request json(JsonNode json) {
    return body("application/json", json.toString().getBytes(UTF_8));
  }

  /// The same request with the fields of a form.
  public Request form(Map<String, String> fields) {
    var text = new StringBuilder();
    fields.forEach(
        (name, value) ->
            text.append(text.isEmpty() ? "" : "&")
                .append(encoded(name))
                .append('=')
                .append(encoded(value)));
    return body("application/x-www-form-urlencoded", text.toString().getBytes(UTF_8));
  }

  /// The same request, signed each time it is sent.
  public Request signed(Signer by) {
    var draft = new Draft(this);
    draft.signer = by;
    return new Request(draft);
  }

  /// The same request, which may be sent again after a 429, a 5xx or a broken connection, because
  /// twice does no more than once. GET and HEAD are so from the start.
  public Request repeatable() {
    var draft = new Draft(this);
    draft.repeat = Repeat.ALLOWED;
    return new Request(draft);
  }

  /// The same request, which is sent once whatever happens: a GET that changes something.
  public Request once() {
    var draft = new Draft(this);
    draft.repeat = Repeat.FORBIDDEN;
    return new Request(draft);
  }

  /// Where the provider's API begins.
  public BaseUrl base() {
    return base;
  }

  Method method() {
    return method;
  }

  /// Whose credential it shows, as a digest; empty for nobody's.
  String payer() {
    return payer;
  }

  /// Everything, values included: for the client alone.
  URI uri() {
    return URI.create(base.origin() + base.path() + path + query);
  }

  Map<String, String> headers() {
    return headers;
  }

  /// The headers of a signature made now; none where nothing is signed.
  Map<String, String> signature(Instant now) {
    if (signer == null) {
      return Map.of();
    }
    String host = base.origin().substring(base.scheme().length() + "://".length());
    return signer.sign(
        new Signer.Unsigned(
            method,
            host,
            base.path() + path,
            query.isEmpty() ? "" : query.substring(1),
            headers,
            new Signer.Body(body == null ? new byte[0] : body)),
        now);
  }

  Optional<byte[]> body() {
    return Optional.ofNullable(body);
  }

  boolean mayRepeat() {
    return repeat == Repeat.ALLOWED;
  }

  /// Why it must not be sent at all.
  Optional<String> flaw() {
    return Optional.ofNullable(flaw);
  }

  private static String encoded(String value) {
    var text = new StringBuilder();
    for (byte b : value.getBytes(UTF_8)) {
      boolean plain =
          b >= 'a' && b <= 'z'
              || b >= 'A' && b <= 'Z'
              || b >= '0' && b <= '9'
              || b == '-'
              || b == '.'
              || b == '_'
              || b == '~';
      if (plain) {
        text.append((char) b);
      } else {
        text.append('%');
        text.append(Character.toUpperCase(Character.forDigit(b >> 4 & 15, 16)));
        text.append(Character.toUpperCase(Character.forDigit(b & 15, 16)));
      }
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return method + " " + base.origin() + base.path() + template;
  }

  /// A request while it is put together.
  private static final class Draft {
    final Method method;
    final BaseUrl base;
    final String template;
    final String path;
    String query = "";
    final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    byte @Nullable [] body;
    Repeat repeat;
    @Nullable Signer signer;
    String payer = "";
    @Nullable String flaw;

    Draft(Method method, BaseUrl base, String template, String path) {
      this.method = method;
      this.base = base;
      this.template = template;
      this.path = path;
      this.repeat = method.safe() ? Repeat.ALLOWED : Repeat.FORBIDDEN;
    }

    Draft(Request request) {
      this(request.method, request.base, request.template, request.path);
      query = request.query;
      headers.putAll(request.headers);
      body = request.body;
      repeat = request.repeat;
      signer = request.signer;
      payer = request.payer;
      flaw = request.flaw;
    }
  }
}
