using System.Security.Cryptography;
using System.Text;
using Azure.Messaging.ServiceBus;
using Azure.Security.KeyVault.Secrets;

namespace Contracts;

public sealed record Signature(string Signer, string Mac);

public sealed class Signatures(SecretClient vault, ServiceBusClient bus, IConfiguration settings)
{
    private readonly ServiceBusSender sender = bus.CreateSender(settings["Bus:Queue"]);

    public async Task<bool> AcceptAsync(string id, Signature signature)
    {
        KeyVaultSecret key = await vault.GetSecretAsync("signature-mac-key");
        var wanted = HMACSHA256.HashData(Encoding.UTF8.GetBytes(key.Value), Encoding.UTF8.GetBytes(id + signature.Signer));
        if (!CryptographicOperations.FixedTimeEquals(wanted, Convert.FromHexString(signature.Mac)))
        {
            return false;
        }
        await sender.SendMessageAsync(new ServiceBusMessage(id) { Subject = signature.Signer });
        return true;
    }
}
