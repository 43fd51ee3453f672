namespace Acme.Reports;

internal static class Names
{
    public const string BlobEndpoint = "https://acmereports.blob.core.windows.net";
    public const string Container = "monthly";
    public const string VaultUri = "https://acme-reports-kv.vault.azure.net/";
    public const string MailLogin = "smtp-login";
}
