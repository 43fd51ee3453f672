package claims.summary

import com.anthropic.client.AnthropicClient
import com.anthropic.client.okhttp.AnthropicOkHttpClient
import com.anthropic.models.messages.MessageCreateParams
import com.anthropic.models.messages.Model
import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse

class Summaries(
    private val claims: URI,
    private val anthropic: AnthropicClient = AnthropicOkHttpClient.fromEnv(),
    private val http: HttpClient = HttpClient.newHttpClient(),
) {
    fun summary(id: String): String {
        val text = http.send(
            HttpRequest.newBuilder(claims.resolve("/claims/$id")).build(),
            HttpResponse.BodyHandlers.ofString(),
        ).body()
        val params = MessageCreateParams.builder()
            .model(Model.CLAUDE_SONNET_4_20250514)
            .maxTokens(300L)
            .system("Two sentences, no names.")
            .addUserMessage(text)
            .build()
        return anthropic.messages().create(params).content().mapNotNull { it.text().orElse(null)?.text() }.joinToString("")
    }
}
