package dev.stanch.detectors.source.github;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The discussions of repositories, which GraphQL alone tells of:
/// <https://docs.github.com/graphql/guides/using-the-graphql-api-for-discussions>.
final class Discussions {
  /// A question about so many costs one point of the 5,000 that an account has in an hour.
  private static final int AT_ONCE = 100;

  private static final String MORE = " pageInfo{hasNextPage endCursor} ";

  /// With these sizes a page costs seven points, and few lists need another question.
  private static final String REPLIES = "replies(first:25){" + MORE + "nodes{databaseId body}}";

  private static final String COMMENTS =
      "comments(first:25){" + MORE + "nodes{id databaseId body " + REPLIES + "}}";

  /// A poll has eight options at the most.
  private static final String POLL = "poll{question options(first:25){" + MORE + "nodes{option}}} ";

  private static final String ALL =
      "query($owner:String!,$name:String!,$after:String){repository(owner:$owner,name:$name){"
          + "discussions(first:25,after:$after){"
          + MORE
          + "nodes{id number title body "
          + POLL
          + COMMENTS
          + "}}}}";

  private static final String MORE_COMMENTS =
      "query($id:ID!,$after:String){node(id:$id){... on Discussion{comments(first:25,after:$after){"
          + MORE
          + "nodes{id databaseId body "
          + REPLIES
          + "}}}}}";

  private static final String MORE_REPLIES =
      "query($id:ID!,$after:String){node(id:$id){... on DiscussionComment{"
          + "replies(first:100,after:$after){"
          + MORE
          + "nodes{databaseId body}}}}}";

  private static final String NEWEST =
      "discussions(first:1,orderBy:{field:UPDATED_AT,direction:DESC}){totalCount nodes{updatedAt}}";

  private final GitHubApi api;

  Discussions(GitHubApi api) {
    this.api = api;
  }

  /// What becomes of a text.
  interface Reader {
    void text(String path, String body);
  }

  /// Hands over everything that people wrote in the discussions of a repository.
  void read(GitHubRepository repository, Reader reader) throws IOException {
    String known = tags(List.of(repository)).get(repository.name());
    if (known == null) {
      throw GitHubRefusal.of(404);
    }
    if (known.startsWith("0@")) { // one point instead of seven
      return;
    }
    String[] parts = repository.name().split("/", -1);
    ObjectNode variables =
        JsonNodeFactory.instance.objectNode().put("owner", parts[0]).put("name", parts[1]);
    String after = null;
    for (int page = 0; page == 0 || after != null; page++) {
      check(page);
      JsonNode list =
          api.graph(ALL, variables.put("after", after)).path("repository").path("discussions");
      for (JsonNode one : list.path("nodes")) {
        String path = "discussions/" + one.path("number").asText();
        reader.text(path, one.path("title").asText() + "\n\n" + one.path("body").asText());
        poll(path, one.path("poll"), reader);
        comments(path, one, reader);
      }
      after = next(list);
    }
  }

  private static void poll(String path, JsonNode poll, Reader reader) throws IOException {
    if (!poll.isObject()) {
      return;
    }
    var text = new StringBuilder(poll.path("question").asText());
    for (JsonNode one : poll.path("options").path("nodes")) {
      text.append('\n').append(one.path("option").asText());
    }
    reader.text(path + "/poll", text.toString());
    if (next(poll.path("options")) != null) {
      throw GitHubRefusal.notUnderstood("poll");
    }
  }

  private void comments(String path, JsonNode discussion, Reader reader) throws IOException {
    JsonNode list = discussion.path("comments");
    for (int page = 0; ; page++) {
      check(page);
      for (JsonNode one : list.path("nodes")) {
        comment(path, one, reader);
        replies(path, one, reader);
      }
      String after = next(list);
      if (after == null) {
        return;
      }
      list = more(MORE_COMMENTS, discussion, after).path("comments");
    }
  }

  private void replies(String path, JsonNode comment, Reader reader) throws IOException {
    JsonNode list = comment.path("replies");
    for (int page = 0; ; page++) {
      check(page);
      for (JsonNode one : list.path("nodes")) {
        comment(path, one, reader);
      }
      String after = next(list);
      if (after == null) {
        return;
      }
      list = more(MORE_REPLIES, comment, after).path("replies");
    }
  }

  private static void comment(String path, JsonNode one, Reader reader) {
    reader.text(path + "/comments/" + one.path("databaseId").asText(), one.path("body").asText());
  }

  private JsonNode more(String query, JsonNode of, String after) throws IOException {
    return api.graph(
            query,
            JsonNodeFactory.instance
                .objectNode()
                .put("id", of.path("id").asText())
                .put("after", after))
        .path("node");
  }

  private void check(int page) throws IOException {
    if (page == api.mostPages()) {
      throw GitHubRefusal.notUnderstood("list with an end");
    }
  }

  private static @Nullable String next(JsonNode list) throws IOException {
    JsonNode page = list.path("pageInfo");
    if (!page.path("hasNextPage").isBoolean()) { // null where the asker may not see it
      throw GitHubRefusal.notUnderstood("list of discussions");
    }
    return page.path("hasNextPage").asBoolean() ? page.path("endCursor").asText() : null;
  }

  /// How many discussions there are and when the newest change was, by the names of repositories.
  Map<String, String> tags(List<GitHubRepository> repositories) throws IOException {
    var tags = new HashMap<String, String>();
    for (int from = 0; from < repositories.size(); from += AT_ONCE) {
      List<GitHubRepository> some =
          repositories.subList(from, Math.min(repositories.size(), from + AT_ONCE));
      var query = new StringBuilder("query(");
      var asked = new StringBuilder();
      ObjectNode variables = JsonNodeFactory.instance.objectNode();
      for (int i = 0; i < some.size(); i++) {
        String[] parts = some.get(i).name().split("/", -1);
        variables.put("o" + i, parts[0]).put("n" + i, parts[1]);
        query.append("$o").append(i).append(":String!,$n").append(i).append(":String!,");
        asked.append("r").append(i).append(":repository(owner:$o").append(i);
        asked.append(",name:$n").append(i).append("){").append(NEWEST).append("} ");
      }
      JsonNode data = api.graph(query + "){" + asked + "}", variables);
      for (int i = 0; i < some.size(); i++) {
        JsonNode told = data.path("r" + i).path("discussions");
        if (told.isObject()) {
          tags.put(
              some.get(i).name(),
              told.path("totalCount").asInt()
                  + "@"
                  + told.path("nodes").path(0).path("updatedAt").asText());
        }
      }
    }
    return tags;
  }
}
