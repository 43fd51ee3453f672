variable "github_token" {
  type      = string
  sensitive = true
}

variable "stripe_key" {
  type      = string
  sensitive = true
}

variable "environment" {
  type    = string
  default = "production"
}
