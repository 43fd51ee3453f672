package claims.mail

import claims.store.Claim
import software.amazon.awssdk.services.sesv2.SesV2Client
import software.amazon.awssdk.services.sesv2.model.Body
import software.amazon.awssdk.services.sesv2.model.Content
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest

class Confirmation(private val ses: SesV2Client, private val sender: String) {
    fun send(claim: Claim, to: String) {
        val request = SendEmailRequest.builder()
            .fromEmailAddress(sender)
            .destination { it.toAddresses(to) }
            .content { content ->
                content.simple { mail ->
                    mail.subject(plain("Your claim ${claim.id}")).body(Body.builder().text(plain("We have it.")).build())
                }
            }
            .build()
        ses.sendEmail(request)
    }

    private fun plain(text: String): Content = Content.builder().data(text).charset("UTF-8").build()
}
