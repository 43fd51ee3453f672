export const OWNER = 'acme-platform';
export const REPO = 'gateway';
export const CONFIG_REPO = 'gateway-config';
export const CONTEXT = 'ship/smoke';
export const ENVIRONMENTS = ['staging', 'production'] as const;
export type Environment = (typeof ENVIRONMENTS)[number];
