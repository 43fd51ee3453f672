import pg from 'pg';
import { toSql } from 'pgvector';

const pool = new pg.Pool({ host: process.env.DATABASE_HOST });

export async function nearest(vector: number[], n: number): Promise<string[]> {
  const { rows } = await pool.query('select body from articles order by embedding <-> $1 limit $2', [toSql(vector), n]);
  return rows.map((r) => r.body);
}
