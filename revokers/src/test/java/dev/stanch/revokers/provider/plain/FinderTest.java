package dev.stanch.revokers.provider.plain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FinderTest {
  private static final String TOKEN = "acme_live_0123456789abcdef";

  @ParameterizedTest
  @CsvSource({
    "acme_...cdef, true",
    "acme_…cdef, true",
    "acme_****************cdef, true",
    "acme_live_0123…, true",
    "...9abcdef, true",
    "acme_live_0123456789abcdef, true",
    "acme_...cdee, false",
    "acmx_...cdef, false",
    // Three characters say too little.
    "...def, false",
    "..., false",
    // Two hidden pieces are not a form that anybody documents.
    "ac...01...cdef, false",
    // More is shown than there is.
    "acme_live_0123456789...0123456789abcdef, false",
  })
  void comparesWhatARedactionShows(String shown, boolean same) {
    assertThat(Finder.redacts(shown, TOKEN)).isEqualTo(same);
  }

  @Test
  void readsTimesInTheFormsThatProvidersUse() {
    String wanted = "2026-01-01T00:00:00Z";
    for (String text :
        new String[] {
          "2026-01-01T00:00:00Z",
          "2026-01-01T00:00:00.000Z",
          "2026-01-01T01:00:00+01:00",
          "2026-01-01T01:00:00+0100",
          "2026-01-01 00:00:00 UTC",
          "2026-01-01",
          "1767225600",
          "1767225600.0",
          "1767225600000"
        }) {
      assertThat(Extract.instant(text)).as(text).map(Object::toString).hasValue(wanted);
    }
    assertThat(Extract.instant("-1")).isEmpty();
    assertThat(Extract.instant("soon")).isEmpty();
  }
}
