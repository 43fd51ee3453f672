locals {
  repository = "billing"
  variables = {
    REGION      = "eu-west-1"
    ENVIRONMENT = var.environment
  }
}

# resource "github_repository" "billing" {
#   name       = local.repository
#   visibility = "private"
# }

resource "random_password" "hook" {
  length  = 40
  special = false
}

resource "github_actions_secret" "stripe" {
  repository      = local.repository
  secret_name     = "STRIPE_KEY"
  plaintext_value = var.stripe_key
}

resource "github_actions_variable" "all" {
  for_each      = local.variables
  repository    = local.repository
  variable_name = each.key
  value         = each.value
}

resource "github_repository_webhook" "deploys" {
  repository = local.repository
  events     = ["deployment", "push"]
  configuration {
    url          = "https://hooks.acme.example/billing"
    content_type = "json"
    secret       = random_password.hook.result
  }
}
