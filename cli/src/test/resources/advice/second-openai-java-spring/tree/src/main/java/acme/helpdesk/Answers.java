package acme.helpdesk;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

@Component
class Answers {
  private final OpenAIClient client;
  private final String model;

  Answers(@Value("${openai.api-key}") String key, @Value("${openai.model}") String model) {
    this.client = OpenAIOkHttpClient.builder().apiKey(key).build();
    this.model = model;
  }

  Response answer(String question) {
    return client
        .responses()
        .create(ResponseCreateParams.builder().model(model).input(question).build());
  }

  List<Float> vector(String text) {
    return client
        .embeddings()
        .create(EmbeddingCreateParams.builder().model("text-embedding-3-small").input(text).build())
        .data()
        .getFirst()
        .embedding();
  }
}
