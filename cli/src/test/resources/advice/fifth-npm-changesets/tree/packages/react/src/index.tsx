import { classes, type Tone } from '@acme-ui/core';

export const Button = ({ tone = 'plain', label }: { tone?: Tone; label: string }) => (
  <button className={classes(tone)}>{label}</button>
);
