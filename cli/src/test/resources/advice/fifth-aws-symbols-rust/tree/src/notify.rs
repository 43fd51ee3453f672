use anyhow::Result;
use aws_config::SdkConfig;
use aws_sdk_sns::Client;

pub struct Topic {
    sns: Client,
    arn: String,
}

impl Topic {
    pub fn new(config: &SdkConfig, arn: String) -> Self {
        Self { sns: Client::new(config), arn }
    }

    pub async fn tell(&self, build_id: &str) -> Result<()> {
        self.sns
            .publish()
            .topic_arn(&self.arn)
            .subject("symbols")
            .message(build_id)
            .send()
            .await?;
        Ok(())
    }
}
