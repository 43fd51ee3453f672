import type { Octokit } from "@octokit/rest";

export class Desk {
  constructor(private readonly github: Octokit) {}

  async ask(title: string) {
    await this.github.rest.issues.create({ owner: "initech", repo: "desk", title });
  }
}
