import { Octokit } from '@octokit/rest';
import { throttling } from '@octokit/plugin-throttling';

const Throttled = Octokit.plugin(throttling);

export const repo = { owner: 'acme', repo: 'storefront' } as const;

export const octokit = new Throttled({
  auth: process.env.TRIAGE_GITHUB_TOKEN,
  userAgent: 'acme-triage/1',
  throttle: {
    onRateLimit: (after, options) => options.request.retryCount < 2,
    onSecondaryRateLimit: () => false,
  },
});
