using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Contracts;

public sealed class ContractStore(BlobServiceClient blobs, IConfiguration settings)
{
    private readonly BlobContainerClient container = blobs.GetBlobContainerClient(settings["Storage:Container"]);

    public async Task SaveAsync(string id, Stream pdf)
    {
        // await container.CreateIfNotExistsAsync(); Terraform's
        await container.GetBlobClient(Name(id)).UploadAsync(pdf, new BlobUploadOptions
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = "application/pdf" },
        });
    }

    public async Task<BinaryData?> FindAsync(string id)
    {
        var blob = container.GetBlobClient(Name(id));
        if (!await blob.ExistsAsync())
        {
            return null;
        }
        BlobDownloadResult found = await blob.DownloadContentAsync();
        return found.Content;
    }

    private static string Name(string id) => $"{id[..2]}/{id}.pdf";
}
