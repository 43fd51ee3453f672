import org.kohsuke.github.*;

class A {
  void run(EntityManager em, Bus bus) throws Exception {
    GitHub gh = new GitHubBuilder().withOAuthToken(System.getenv("GITHUB_TOKEN")).build();
    gh.getRepository("acme/a").createIssue("x").body("y").create();
    em.merge(this);
    bus.dispatch("x");
  }
}
