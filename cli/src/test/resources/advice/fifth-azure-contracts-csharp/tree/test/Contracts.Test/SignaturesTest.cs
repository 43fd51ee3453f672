using Azure.Messaging.ServiceBus;
using Azure.Security.KeyVault.Secrets;
using Contracts;
using Microsoft.Extensions.Configuration;
using NSubstitute;
using Xunit;

public class SignaturesTest
{
    [Fact]
    public async Task WrongMacIsRefused()
    {
        var vault = Substitute.For<SecretClient>();
        vault.SetSecretAsync("signature-mac-key", "x").ReturnsForAnyArgs(default(Azure.Response<KeyVaultSecret>)!);
        var bus = Substitute.For<ServiceBusClient>();
        bus.CreateReceiver("contract-signed").ReturnsForAnyArgs(Substitute.For<ServiceBusReceiver>());
        Assert.NotNull(new Signatures(vault, bus, new ConfigurationBuilder().Build()));
        await Task.CompletedTask;
    }
}
