provider "github" {
  owner = "acme"
  token = var.github_token
}
