package dev.stanch.cli.command;

import dev.stanch.detectors.model.Place;
import dev.stanch.detectors.model.Provenance;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The places that everybody can read, as whoever calls says: a token that stands in one is as good
/// as in other hands.
///
/// @param named as they were named, each with what a place of it begins with
record PublicPlaces(List<Named> named) {
  /// All of them.
  private static final String ALL = "all";

  PublicPlaces {
    named = List.copyOf(named);
  }

  /// @param address what its places begin with, as reports name them; empty for all
  record Named(String text, String address) {}

  /// Reads them: repositories, Spaces and images as plans name them, or folders of this machine.
  ///
  /// @param folder what folders are named from
  static PublicPlaces of(List<String> texts, Path folder) {
    return new PublicPlaces(
        texts.stream().map(text -> new Named(text, address(text, folder))).toList());
  }

  private static String address(String text, Path folder) {
    if (text.equals(ALL)) {
      return "";
    }
    int colon = text.indexOf(':');
    boolean local = text.startsWith(InputOptions.GIT) || text.startsWith(InputOptions.DIR);
    if (colon > 1 && !local) { // a drive has one letter
      return text;
    }
    try {
      String bare = local ? text.substring(colon + 1) : text;
      String uri = folder.resolve(bare).toAbsolutePath().normalize().toUri().toString();
      return uri.endsWith("/") ? uri.substring(0, uri.length() - 1) : uri;
    } catch (InvalidPathException _) {
      return text;
    }
  }

  /// Why a token that stands there counts as public; empty where it does not.
  String why(List<Place> places) {
    for (Place place : places) {
      Optional<Named> public_ =
          named.stream().filter(each -> isIn(place.provenance(), each.address())).findFirst();
      if (public_.isPresent()) {
        return "everybody can read it in " + public_.get().text() + ", as --public says";
      }
    }
    return "";
  }

  /// Those that nothing found stands in, as they were named: each may be a slip, and its tokens
  /// would end last.
  List<String> strange(List<Place> places) {
    return named.stream()
        .filter(each -> places.stream().noneMatch(of -> isIn(of.provenance(), each.address())))
        .map(Named::text)
        .toList();
  }

  private static boolean isIn(Provenance place, String address) {
    String container = place.container();
    String whole =
        (container.endsWith("/") ? container.substring(0, container.length() - 1) : container)
            + (place.path().isEmpty() ? "" : "/" + place.path());
    return address.isEmpty()
        || whole.equals(address)
        || whole.startsWith(address)
            && (address.endsWith("/") || "/ #".indexOf(whole.charAt(address.length())) >= 0);
  }
}
