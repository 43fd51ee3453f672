export const QUERY_LOGS = { type: 'dataset', name: 'acme-search/query-logs' } as const;
export const RERANK_INDEX = { type: 'model', name: 'acme-search/rerank-index' } as const;

export const RERANK_URL = 'https://k3v9qx2m7d.eu-west-1.aws.endpoints.huggingface.cloud';
export const MAX_RETRIES = 4;
