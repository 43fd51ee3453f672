using Azure.Identity;
using Azure.Messaging.ServiceBus;
using Azure.Security.KeyVault.Secrets;
using Contracts;
using Microsoft.Extensions.Azure;

var builder = WebApplication.CreateBuilder(args);
var settings = builder.Configuration;

builder.Services.AddAzureClients(clients =>
{
    clients.UseCredential(new ClientSecretCredential(
        settings["Azure:TenantId"], settings["Azure:ClientId"], settings["Azure:ClientSecret"]));
    clients.AddBlobServiceClient(new Uri(settings["Storage:Address"]!));
    clients.AddSecretClient(new Uri(settings["Vault:Address"]!));
    clients.AddServiceBusClientWithNamespace(settings["Bus:Namespace"]);
});
builder.Services.AddSingleton<ContractStore>();
builder.Services.AddSingleton<Signatures>();

var app = builder.Build();

app.MapPut("/contracts/{id}", async (string id, HttpRequest request, ContractStore store) =>
{
    await store.SaveAsync(id, request.Body);
    return Results.NoContent();
});
app.MapGet("/contracts/{id}", async (string id, ContractStore store) =>
    await store.FindAsync(id) is { } content ? Results.Bytes(content.ToArray(), "application/pdf") : Results.NotFound());
app.MapPost("/contracts/{id}/signature", async (string id, Signature signature, Signatures signatures) =>
    await signatures.AcceptAsync(id, signature) ? Results.Accepted() : Results.BadRequest());

app.Run();
