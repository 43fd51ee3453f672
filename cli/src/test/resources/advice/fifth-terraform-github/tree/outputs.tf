output "hook" {
  value = github_repository_webhook.deploys.url
}
