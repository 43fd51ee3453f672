using Azure.Storage;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;

const string Account = "larkreports";
const string Container = "monthly";

var config = new ConfigurationBuilder().AddJsonFile("appsettings.json").Build();
var credential = new StorageSharedKeyCredential(Account, config["AzureStorageKey"]);
var service = new BlobServiceClient(new Uri("https://larkreports.blob.core.windows.net"), credential);
var container = service.GetBlobContainerClient(Container);

var output = Directory.CreateDirectory(config["Output"]!);
await foreach (var item in container.GetBlobsAsync(prefix: $"{DateTime.UtcNow:yyyy-MM}/"))
{
    var target = Path.Combine(output.FullName, Names.Flat(item.Name));
    if (File.Exists(target))
    {
        continue;
    }

    await container.GetBlobClient(item.Name).DownloadToAsync(target);
    Console.WriteLine($"{item.Name}: {item.Properties.ContentLength} bytes");
}
