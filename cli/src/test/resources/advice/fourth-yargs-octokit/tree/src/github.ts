import 'dotenv/config';
import { Octokit } from 'octokit';
import { CONFIG_REPO, CONTEXT, Environment, OWNER, REPO } from './constants.js';

const here = { owner: OWNER, repo: REPO };

export class Ship {
  private readonly octokit: Octokit;

  constructor(token = process.env.GITHUB_TOKEN) {
    if (!token) throw new Error('GITHUB_TOKEN is not set');
    this.octokit = new Octokit({ auth: token, throttle: { enabled: true } as never });
  }

  /** Open pull requests with the label, oldest first. */
  async waiting(label: string) {
    const pulls = await this.octokit.paginate(this.octokit.rest.pulls.list, {
      ...here,
      state: 'open',
      sort: 'created',
      direction: 'asc',
      per_page: 100,
    });
    return pulls.filter((p) => p.labels.some((l) => l.name === label));
  }

  async smoke(sha: string, state: 'pending' | 'success' | 'failure', url?: string) {
    await this.octokit.rest.repos.createCommitStatus({
      ...here,
      sha,
      state,
      context: CONTEXT,
      target_url: url,
    });
  }

  async deploy(ref: string, environment: Environment) {
    const { data } = await this.octokit.rest.repos.createDeployment({
      ...here,
      ref,
      environment,
      auto_merge: false,
      required_contexts: environment === 'production' ? [CONTEXT] : [],
    });
    if (!('id' in data)) throw new Error(data.message ?? 'no deployment');
    await this.octokit.rest.repos.createDeploymentStatus({
      ...here,
      deployment_id: data.id,
      state: 'in_progress',
    });
    return data.id;
  }

  // Was the trigger before Argo; nobody calls it, Kim wants to keep it.
  async notifyConfig(sha: string) {
    await this.octokit.rest.repos.createDispatchEvent({
      owner: OWNER,
      repo: CONFIG_REPO,
      event_type: 'gateway-released',
      client_payload: { sha },
    });
  }

  // async approve(run_id: number) {
  //   await this.octokit.rest.actions.reRunWorkflow({ ...here, run_id });
  // }
}
