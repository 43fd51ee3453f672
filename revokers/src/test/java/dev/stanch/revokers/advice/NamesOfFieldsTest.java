package dev.stanch.revokers.advice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stanch.revokers.spi.Code;
import org.junit.jupiter.api.Test;

/// What is called like the method that made it, and what a class of settings calls the token.
final class NamesOfFieldsTest {
  private static Asked google(String path, String text) {
    return Asked.of(
        "gcp",
        "GOOGLE_APPLICATION_CREDENTIALS",
        "key.json",
        Code.TOKEN,
        "compose.yml",
        "services:\n  a:\n    environment:\n      GOOGLE_APPLICATION_CREDENTIALS: key.json\n",
        path,
        text);
  }

  @Test
  void seesWhatAFieldOfAnObjectWasMadeOf() {
    Asked asked =
        google(
            "store.py",
            """
            from google.cloud import storage

            class Store:
                def __init__(self):
                    self.bucket = storage.Client().bucket("acme-raw")

                def put(self, name, text):
                    blob = self.bucket.blob(name)
                    blob.upload_from_string(text)
            """);
    assertThat(asked.permissions())
        .containsExactly("roles/storage.objectCreator on projects/_/buckets/acme-raw");
    assertThat(asked.unclear()).isEmpty();
  }

  @Test
  void seesItInJavaScriptToo() {
    Asked asked =
        google(
            "store.js",
            """
            import { Storage } from "@google-cloud/storage";

            export class Store {
              constructor() {
                this.bucket = new Storage().bucket("acme-raw");
              }
              async put(name, text) {
                const file = this.bucket.file(name);
                await file.save(text);
              }
            }
            """);
    assertThat(asked.permissions())
        .containsExactly("roles/storage.objectCreator on projects/_/buckets/acme-raw");
    assertThat(asked.unclear()).isEmpty();
  }

  /// The files that use the field may stand before the class in the tree.
  @Test
  void findsTheFieldOfAClassOfSettingsInFilesBeforeIt() {
    Asked asked =
        Asked.of(
            "huggingface",
            "ACME_HUB_KEY",
            "compose.yml",
            "services:\n  a:\n    environment:\n      ACME_HUB_KEY: " + Code.TOKEN + "\n",
            "app/corpus.py",
            """
            from huggingface_hub import snapshot_download
            from app.settings import settings
            snapshot_download(repo_id=settings.corpus, token=settings.hub_key.get_secret_value())
            """,
            "app/settings.py",
            """
            from pydantic_settings import BaseSettings, SettingsConfigDict

            class Settings(BaseSettings):
                model_config = SettingsConfigDict(env_prefix="ACME_")
                hub_key: str
                corpus: str = "acme/corpus"

            settings = Settings()
            """);
    assertThat(asked.permissions()).containsExactly("repo.content.read on acme/corpus");
    assertThat(asked.unclear()).isEmpty();
  }
}
