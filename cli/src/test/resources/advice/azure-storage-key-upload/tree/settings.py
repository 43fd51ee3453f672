AZURE_STORAGE_ACCOUNT = "acmestore"
AZURE_STORAGE_KEY = "@@azure-storage@@"
