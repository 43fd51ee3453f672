GOOGLE_API_KEY = "@@google-key@@"
LANGUAGES = ("de", "fr", "pl")
