package claims.store

import java.time.Instant
import java.util.UUID

data class Claim(
    val id: UUID,
    val policy: String,
    val text: String,
    val at: Instant,
)
