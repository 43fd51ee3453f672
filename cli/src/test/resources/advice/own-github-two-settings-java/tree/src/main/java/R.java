import org.kohsuke.github.*;

class R {
  private final GitHub github;

  R(@Value("${reader.token}") String token) throws Exception {
    github = new GitHubBuilder().withOAuthToken(token).build();
  }

  String text() throws Exception {
    return github.getRepository("acme/a").getFileContent("x").getContent();
  }
}
