package dev.stanch.revokers.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.revokers.spi.Code;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Models of Azure that are asked with an identity, not with a key of theirs.
final class AzureModelsTest {
  private static final String SETTINGS =
      "AZURE_CLIENT_SECRET=" + Code.TOKEN + "\nMODELS=https://acme-ai.openai.azure.com\n";

  private static Asked asked(String path, String text) {
    return Asked.of("azure", "AZURE_CLIENT_SECRET", ".env", SETTINGS, path, text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a.py   | client = AzureOpenAI(azure_endpoint=os.environ["MODELS"], azure_ad_token_provider=provider()); client.chat.completions.create(model="m")
          a.py   | client = AsyncAzureOpenAI(azure_endpoint=os.environ["MODELS"], azure_ad_token=token); await client.embeddings.create(model="m")
          a.py   | model = AzureChatOpenAI(azure_endpoint=os.environ["MODELS"], azure_ad_token_provider=provider())
          a.ts   | const client = new AzureOpenAI({ endpoint: process.env.MODELS, azureADTokenProvider, apiVersion: "1" }); await client.responses.create({ model: "m" });
          A.cs   | using Azure.AI.OpenAI; class A { void Ask() { var client = new AzureOpenAIClient(new Uri("https://acme-ai.openai.azure.com"), new DefaultAzureCredential()); var chat = client.GetChatClient("m"); chat.CompleteChatAsync("x"); } }
          A.java | import com.azure.ai.openai.OpenAIClientBuilder; class A { void ask() { var client = new OpenAIClientBuilder().endpoint("https://acme-ai.openai.azure.com").credential(new DefaultAzureCredentialBuilder().build()).buildClient(); client.getChatCompletions("m", options); } }
          a.go   | import "github.com/Azure/azure-sdk-for-go/sdk/ai/azopenai"; func ask() { client, err := azopenai.NewClient("https://acme-ai.openai.azure.com", cred, nil); client.GetEmbeddings(ctx, options, nil) }
          """)
  void needTheirRoleOnTheAccount(String path, String text) {
    Asked asked = asked(path, text.replace("; ", ";\n"));
    assertThat(asked.permissions()).containsExactly("Cognitive Services OpenAI User on acme-ai");
    assertThat(asked.unclear()).isEmpty();
  }

  @Test
  void needNothingOfAnIdentityWhereTheyAreAskedWithAKey() {
    Asked asked =
        Asked.of(
            "azure",
            "AZURE_CLIENT_SECRET",
            ".env",
            SETTINGS,
            "a.py",
            """
            client = AzureOpenAI(azure_endpoint=os.environ["MODELS"], api_key=os.environ["KEY"])
            client.chat.completions.create(model="m")
            """,
            "vault.py",
            """
            from azure.keyvault.secrets import SecretClient
            SecretClient("https://acme-kv.vault.azure.net", credential=c).get_secret("x")
            """);
    assertThat(asked.permissions()).containsExactly("Key Vault Secrets User on acme-kv");
    assertThat(asked.unclear()).isEmpty();
  }

  @Test
  void cannotTellWhatAnotherCallNeeds() {
    Asked asked =
        asked(
            "a.py",
            """
            client = AzureOpenAI(azure_endpoint=os.environ["MODELS"], azure_ad_token_provider=p)
            client.fine_tuning.jobs.create(model="m")
            """);
    assertThat(asked.unclear())
        .containsExactly("what create needs: no rule knows this call of the client");
  }
}
