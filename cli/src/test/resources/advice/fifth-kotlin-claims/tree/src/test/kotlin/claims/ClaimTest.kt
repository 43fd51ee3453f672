package claims

import claims.store.Claim
import java.time.Instant
import java.util.UUID
import kotlin.test.Test
import kotlin.test.assertEquals

class ClaimTest {
    @Test
    fun keepsItsPolicy() {
        assertEquals("P-1", Claim(UUID.randomUUID(), "P-1", "wet", Instant.EPOCH).policy)
    }
}
