package acme

import org.kohsuke.github.GitHubBuilder
import org.springframework.beans.factory.annotation.Value
import org.springframework.stereotype.Service

/** Opens an issue where the customers look. */
@Service
class Announcer(
    @Value("\${github.bot-token}") token: String,
    private val changelog: Changelog,
) {
    private val github = GitHubBuilder().withOAuthToken(token).build()

    fun announce(version: String) {
        github.getRepository("acme/announcements")
            .createIssue("Release $version")
            .body(changelog.text())
            .create()
    }
}
