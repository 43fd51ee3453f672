mod notify;
mod store;

use std::path::PathBuf;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};

use crate::{notify::Topic, store::SymbolStore};

#[derive(Parser)]
struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Uploads a symbol file under its build id
    Push { build_id: String, file: PathBuf },
    /// Fetches one
    Pull { build_id: String, to: PathBuf },
    /// Lists build ids
    List { prefix: Option<String> },
}

#[tokio::main]
async fn main() -> Result<()> {
    dotenvy::dotenv().ok();
    let config = aws_config::load_from_env().await;
    let store = SymbolStore::new(&config);
    match Args::parse().command {
        Command::Push { build_id, file } => {
            store.push(&build_id, &file).await?;
            let topic = std::env::var("SYMBOL_TOPIC").context("SYMBOL_TOPIC")?;
            Topic::new(&config, topic).tell(&build_id).await
        }
        Command::Pull { build_id, to } => store.pull(&build_id, &to).await,
        Command::List { prefix } => {
            for id in store.list(prefix.as_deref().unwrap_or_default()).await? {
                println!("{id}");
            }
            Ok(())
        }
    }
}
