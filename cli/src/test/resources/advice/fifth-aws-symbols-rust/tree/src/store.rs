use std::path::Path;

use anyhow::{Context, Result};
use aws_config::SdkConfig;
use aws_sdk_s3::{primitives::ByteStream, Client};

const BUCKET: &str = "acme-symbols";

/// Where symbols are. `client.head_bucket().bucket(BUCKET)` tells whether it is there at all.
pub struct SymbolStore {
    client: Client,
}

impl SymbolStore {
    pub fn new(config: &SdkConfig) -> Self {
        Self { client: Client::new(config) }
    }

    pub async fn push(&self, build_id: &str, file: &Path) -> Result<()> {
        let body = ByteStream::from_path(file).await?;
        self.client
            .put_object()
            .bucket(BUCKET)
            .key(key(build_id))
            .content_type("application/octet-stream")
            .body(body)
            .send()
            .await
            .with_context(|| format!("push {build_id}"))?;
        Ok(())
    }

    pub async fn pull(&self, build_id: &str, to: &Path) -> Result<()> {
        let found = self.client.get_object().bucket(BUCKET).key(key(build_id)).send().await?;
        let bytes = found.body.collect().await?.into_bytes();
        tokio::fs::write(to, bytes).await?;
        // self.client.delete_object().bucket(BUCKET).key(key(build_id)).send().await?;
        Ok(())
    }

    pub async fn list(&self, prefix: &str) -> Result<Vec<String>> {
        let mut pages = self
            .client
            .list_objects_v2()
            .bucket(BUCKET)
            .prefix(prefix)
            .into_paginator()
            .send();
        let mut ids = Vec::new();
        while let Some(page) = pages.next().await {
            ids.extend(page?.contents().iter().filter_map(|o| o.key().map(str::to_owned)));
        }
        Ok(ids)
    }
}

fn key(build_id: &str) -> String {
    let (head, tail) = build_id.split_at(2.min(build_id.len()));
    format!("{head}/{tail}.debug")
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn splits_like_a_build_id_folder() {
        assert_eq!(key("abcdef"), "ab/cdef.debug");
    }
}
