github_token = "@@github-fine@@"
stripe_key   = "set-by-hand"
