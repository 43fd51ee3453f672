package dev.stanch.revokers.provider.aws;

import static java.util.Objects.requireNonNull;

import dev.stanch.detectors.http.Answer;
import dev.stanch.detectors.http.Outcome;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/// What came back for a call of the query protocol.
sealed interface Reply {
  /// The answer that the action documents.
  record Told(Element response) implements Reply {
    public Told {
      requireNonNull(response, "response");
    }

    /// The text of the first element of this name.
    Optional<String> text(String name) {
      return Reply.text(response, name);
    }

    /// All elements of this name.
    List<Element> all(String name) {
      var all = new ArrayList<Element>();
      NodeList nodes = response.getElementsByTagName(name);
      for (int i = 0; i < nodes.getLength(); i++) {
        if (nodes.item(i) instanceof Element element) {
          all.add(element);
        }
      }
      return all;
    }
  }

  /// A refusal in AWS's own words.
  ///
  /// @param message may repeat what was sent: read, never shown
  record Fault(int status, String code, String message) implements Reply {
    private static final Set<String> THROTTLED =
        Set.of("Throttling", "ThrottlingException", "RequestLimitExceeded", "TooManyRequests");
    private static final Set<String> DENIED =
        Set.of("AccessDenied", "AccessDeniedException", "UnauthorizedOperation");

    public Fault {
      requireNonNull(code, "code");
      requireNonNull(message, "message");
    }

    boolean throttled() {
      return THROTTLED.contains(code);
    }

    boolean denied() {
      return DENIED.contains(code);
    }

    boolean gone() {
      return code.equals("NoSuchEntity");
    }

    /// Whether it is about the time of the signature, which AWS files under a wrong signature too.
    boolean skewed() {
      return code.equals("RequestTimeTooSkewed")
          || code.equals("SignatureExpired")
          || code.equals("RequestExpired")
          || message.contains("Signature expired")
          || message.contains("not yet current");
    }

    String reason() {
      return "answer " + status + " " + code;
    }

    @Override
    public String toString() {
      return "Fault[" + reason() + "]";
    }
  }

  /// Nothing that AWS documents.
  record Nothing(Outcome outcome) implements Reply {
    public Nothing {
      requireNonNull(outcome, "outcome");
    }
  }

  /// Reads an outcome.
  ///
  /// @param root the element that the action documents
  static Reply read(Outcome outcome, String root) {
    if (!(outcome instanceof Answer answer)) {
      return new Nothing(outcome);
    }
    Element top = parse(answer.bytes()).orElse(null);
    if (top == null) {
      return new Nothing(answer);
    }
    if (answer.status() == 200 && top.getTagName().equals(root)) {
      return new Told(top);
    }
    return answer.status() >= 400 && top.getTagName().equals("ErrorResponse")
        ? text(top, "Code")
            .<Reply>map(code -> new Fault(answer.status(), code, text(top, "Message").orElse("")))
            .orElse(new Nothing(answer))
        : new Nothing(answer);
  }

  /// The text of the first element of this name below another.
  static Optional<String> text(Element in, String name) {
    Node found = in.getElementsByTagName(name).item(0);
    return Optional.ofNullable(found).map(Node::getTextContent).filter(text -> !text.isBlank());
  }

  private static Optional<Element> parse(byte[] bytes) {
    try {
      var factory = DocumentBuilderFactory.newInstance();
      // No declarations, so no entities: whoever answers may be anybody.
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(new DefaultHandler());
      return Optional.of(builder.parse(new ByteArrayInputStream(bytes)).getDocumentElement());
    } catch (SAXException _) {
      return Optional.empty();
    } catch (ParserConfigurationException | IOException e) {
      throw new IllegalStateException("every JDK reads XML from memory", e);
    }
  }
}
