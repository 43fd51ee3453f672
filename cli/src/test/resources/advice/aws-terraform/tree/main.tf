terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.60"
    }
  }
}

provider "aws" {
  region     = "eu-west-1"
  access_key = "@@aws-id@@"
  secret_key = "@@aws@@"
}

resource "aws_s3_bucket" "assets" {
  bucket = "acme-assets"
}

resource "aws_sqs_queue" "jobs" {
  name                       = "jobs"
  visibility_timeout_seconds = 120
}
