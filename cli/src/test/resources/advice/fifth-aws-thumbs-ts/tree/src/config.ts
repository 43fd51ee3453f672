const required = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
};

export const config = {
  sourceBucket: 'acme-originals',
  targetBucket: required('THUMB_BUCKET'),
  table: process.env.JOBS_TABLE ?? 'thumb-jobs',
  widths: (process.env.WIDTHS ?? '320').split(',').map(Number),
} as const;
