using Azure.Identity;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;

namespace Acme.Reports;

public sealed class Reports
{
    private readonly BlobContainerClient container;

    public Reports(IConfiguration configuration)
    {
        var credential = new ClientSecretCredential(
            configuration["Azure:TenantId"],
            configuration["Azure:ClientId"],
            configuration["Azure:ClientSecret"]);
        container = new BlobContainerClient(
            new Uri("https://acmestore.blob.core.windows.net/reports"), credential);
    }

    public async Task<string> ReadAsync(string name)
    {
        var content = await container.GetBlobClient(name).DownloadContentAsync();
        return content.Value.Content.ToString();
    }
}
