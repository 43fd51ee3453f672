using System.Runtime.CompilerServices;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Acme.Reports;

public interface IReportReader
{
    IAsyncEnumerable<string> ListAsync(int year, CancellationToken ct);

    Task<BinaryData?> ReadAsync(string name, CancellationToken ct);
}

internal sealed class ReportReader(BlobServiceClient blobs, ILogger<ReportReader> log) : IReportReader
{
    private readonly BlobContainerClient container = blobs.GetBlobContainerClient(Names.Container);

    public async IAsyncEnumerable<string> ListAsync(
        int year,
        [EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (BlobItem item in container.GetBlobsAsync(prefix: $"{year}/", cancellationToken: ct))
        {
            if (item.Properties.ContentLength > 0)
            {
                yield return item.Name;
            }
        }
    }

    public async Task<BinaryData?> ReadAsync(string name, CancellationToken ct)
    {
        try
        {
            Response<BlobDownloadResult> answer =
                await container.GetBlobClient(name).DownloadContentAsync(ct);
            return answer.Value.Content;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            log.LogWarning("no report {Name}", name);
            return null;
        }
    }

    // public Task KeepAsync(string name, BinaryData data, CancellationToken ct) =>
    //     container.GetBlobClient(name).UploadAsync(data, overwrite: true, ct);
}
