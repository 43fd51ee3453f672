variable "location" {
  type = string
}

variable "client_secret" {
  type      = string
  sensitive = true
}
