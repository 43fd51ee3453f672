package acme

import org.kohsuke.github.GitHubBuilder
import org.springframework.beans.factory.annotation.Value
import org.springframework.stereotype.Service

/** Reads what a release says. */
@Service
class Changelog(@Value("\${github.reader-token}") token: String) {
    private val github = GitHubBuilder().withOAuthToken(token).build()

    fun text(): String =
        github.getRepository("acme/app").getFileContent("CHANGELOG.md").read().reader().readText()
}
