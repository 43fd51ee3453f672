OPENAI_API_KEY = "@@openai@@"
