export type Tone = 'plain' | 'loud';

export const classes = (tone: Tone): string => (tone === 'loud' ? 'acme acme-loud' : 'acme');
