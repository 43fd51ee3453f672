import org.kohsuke.github.*;

class W {
  private final GitHub github;

  W(@Value("${writer.token}") String token) throws Exception {
    github = new GitHubBuilder().withOAuthToken(token).build();
  }

  void open() throws Exception {
    github.getRepository("acme/b").createIssue("x").create();
  }
}
