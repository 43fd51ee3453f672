use serde::Deserialize;

#[derive(Deserialize)]
struct Config {
    interval_seconds: u64,
    #[serde(default)]
    api_token: Option<String>,
}

fn main() {
    let text = std::fs::read_to_string("agent.toml").expect("agent.toml can be read");
    let config: Config = toml::from_str(&text).expect("agent.toml is valid");
    println!(
        "every {} s, {}",
        config.interval_seconds,
        if config.api_token.is_some() { "with a token" } else { "anonymous" }
    );
}
