package claims

import claims.mail.Confirmation
import claims.store.Claim
import claims.store.ClaimStore
import claims.summary.Summaries
import io.ktor.server.application.call
import io.ktor.server.engine.embeddedServer
import io.ktor.server.netty.Netty
import io.ktor.server.request.receiveText
import io.ktor.server.response.respondText
import io.ktor.server.routing.get
import io.ktor.server.routing.post
import io.ktor.server.routing.routing
import java.net.URI
import java.time.Instant
import java.util.UUID
import software.amazon.awssdk.services.sesv2.SesV2Client

fun main(args: Array<String>) {
    when (args.firstOrNull()) {
        "api" -> api()
        "summaries" -> println(Summaries(URI(System.getenv("CLAIMS_URL"))).summary(args[1]))
        else -> error("api or summaries")
    }
}

private fun api() {
    val store = ClaimStore()
    val confirmation = Confirmation(SesV2Client.create(), System.getenv("SENDER"))
    embeddedServer(Netty, port = 8080) {
        routing {
            get("/claims/{id}") {
                call.respondText(store.find(UUID.fromString(call.parameters["id"]))?.text ?: "none")
            }
            get("/policies/{policy}") {
                call.respondText(store.ofPolicy(call.parameters["policy"]!!).joinToString("\n") { it.id.toString() })
            }
            post("/policies/{policy}/claims") {
                val claim = Claim(UUID.randomUUID(), call.parameters["policy"]!!, call.receiveText(), Instant.now())
                store.save(claim)
                confirmation.send(claim, call.request.headers["X-Mail"]!!)
                call.respondText(claim.id.toString())
            }
        }
    }.start(wait = true)
}
