using Acme.Reports;
using Azure.Core;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Azure.Storage.Blobs;

var builder = WebApplication.CreateBuilder(args);

builder.Services.AddSingleton<TokenCredential>(_ => new DefaultAzureCredential());
builder.Services.AddSingleton(sp =>
    new BlobServiceClient(new Uri(Names.BlobEndpoint), sp.GetRequiredService<TokenCredential>()));
builder.Services.AddSingleton(sp =>
    new SecretClient(new Uri(Names.VaultUri), sp.GetRequiredService<TokenCredential>()));
builder.Services.AddSingleton<IReportReader, ReportReader>();
builder.Services.AddSingleton<Mailer>();

var app = builder.Build();

app.MapGet("/reports/{year:int}", (int year, IReportReader reader, CancellationToken ct) =>
    reader.ListAsync(year, ct));

app.MapPost("/reports/mail", async (string name, string to, IReportReader reader, Mailer mailer, CancellationToken ct) =>
{
    var pdf = await reader.ReadAsync(name, ct);
    if (pdf is null)
    {
        return Results.NotFound();
    }
    await mailer.SendAsync(to, Path.GetFileName(name), pdf, ct);
    return Results.Accepted();
});

app.Run();
