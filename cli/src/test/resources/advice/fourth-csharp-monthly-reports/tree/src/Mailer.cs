using System.Net;
using System.Net.Mail;
using Azure.Security.KeyVault.Secrets;

namespace Acme.Reports;

internal sealed class Mailer(SecretClient vault)
{
    private string? password;

    public async Task SendAsync(string to, string name, BinaryData pdf, CancellationToken ct)
    {
        password ??= (await vault.GetSecretAsync(Names.MailLogin, cancellationToken: ct)).Value.Value;

        using var smtp = new SmtpClient("smtp.acme.example", 587)
        {
            EnableSsl = true,
            Credentials = new NetworkCredential("reports", password),
        };
        using var mail = new MailMessage("reports@acme.example", to, name, "Attached.");
        mail.Attachments.Add(new Attachment(pdf.ToStream(), name, "application/pdf"));
        await smtp.SendMailAsync(mail, ct);
    }
}
