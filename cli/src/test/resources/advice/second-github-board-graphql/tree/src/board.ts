import { graphql } from '@octokit/graphql';
import { config } from './config';

const request = graphql.defaults({
  headers: { authorization: `token ${config.githubToken}` },
});

export async function add(issue: string): Promise<string> {
  const answer = await request<{ addProjectV2ItemById: { item: { id: string } } }>(
    `mutation ($project: ID!, $issue: ID!) {
      addProjectV2ItemById(input: { projectId: $project, contentId: $issue }) {
        item { id }
      }
    }`,
    { project: config.project, issue },
  );
  return answer.addProjectV2ItemById.item.id;
}
