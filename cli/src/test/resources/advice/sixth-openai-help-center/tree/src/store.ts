import pg from "pg";

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });

export async function save(slug: string, text: string, vector: number[]): Promise<void> {
  await pool.query(
    "insert into article (slug, text, embedding) values ($1, $2, $3) on conflict (slug) do update set text = $2, embedding = $3",
    [slug, text, JSON.stringify(vector)],
  );
}

export async function nearest(vector: number[], limit = 5): Promise<string[]> {
  const found = await pool.query("select text from article order by embedding <=> $1 limit $2", [
    JSON.stringify(vector),
    limit,
  ]);
  return found.rows.map((row) => row.text);
}
