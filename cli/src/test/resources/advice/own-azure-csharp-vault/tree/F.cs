using Azure.Identity;
using Azure.Security.KeyVault.Secrets;

public class F
{
    private readonly SecretClient client = new SecretClient(new Uri(Environment.GetEnvironmentVariable("VAULT_URI")), new DefaultAzureCredential());
    public async Task<string> Get() => (await client.GetSecretAsync("db")).Value.Value;
}
